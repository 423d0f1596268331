// The clerk's page: uploads a file with a progress bar, by choosing or dropping it. All else works without this.

const form = document.querySelector<HTMLFormElement>('#upload')
const input = document.querySelector<HTMLInputElement>('#file')
const progress = document.querySelector<HTMLElement>('#progress')

// What came of the last click is read out, and the keyboard goes on from there.
document.querySelector<HTMLElement>('.said')?.focus({ preventScroll: true })
if (form && input && progress) uploads(form, input, progress)

const failed = '系统出错了，什么都没有写入。请过一会儿再传一次。'
/** By a proxy: the server itself says so in its own words. */
const heldUp = '文件太大，被中间的网关拦下了。请删掉图片和多余的工作表再传，或请工程师放宽网关的上传大小。'

/** Answers of the server to this script. */
interface Answer {
  next?: string
  wrong?: string
}

function uploads(form: HTMLFormElement, input: HTMLInputElement, progress: HTMLElement): void {
  const bar = progress.querySelector('progress')
  const words = progress.querySelector('[role=status]')
  let isBusy = false
  form.classList.add('ready')

  const busy = (is: boolean) => {
    isBusy = is
    form.classList.toggle('busy', is)
  }
  const say = (text: string, share?: number) => {
    progress.hidden = false
    if (words && words.textContent !== text) words.textContent = text
    if (!bar) return
    bar.hidden = share === undefined
    if (share === 1) bar.removeAttribute('value')
    else bar.value = 100 * (share ?? 0)
  }
  const free = (text: string) => {
    busy(false)
    input.value = ''
    say(text)
  }

  const send = (file: File | undefined) => {
    if (!file || isBusy) return
    const most = Number(form.dataset['most'])
    if (file.size > most)
      return free(
        `《${file.name}》有 ${Math.ceil(file.size / 2 ** 20)} MB，最大 ${most >> 20} MB。请删掉图片和多余的工作表，再上传。`,
      )
    if (!/\.xlsx?$/i.test(file.name))
      return free(`《${file.name}》不是 .xlsx 或 .xls 文件。请选 Excel 文件。`)
    busy(true)
    const body = new FormData()
    body.set('form', String(new FormData(form).get('form') ?? ''))
    body.set('file', file)
    const request = new XMLHttpRequest()
    request.open('POST', form.action)
    request.setRequestHeader('Accept', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      const share = total > 0 ? loaded / total : 0
      // By tens: what is read out should not be read out all the time.
      if (share < 1) say(`正在上传《${file.name}》…… ${Math.floor(share * 10) * 10}%`, share)
    })
    request.upload.addEventListener('load', () => say(`《${file.name}》传好了，正在核对……`, 1))
    request.addEventListener('error', () => free('没有传上去：网络断了，什么都没有写入。请再传一次。'))
    request.addEventListener('load', () => {
      const { next, wrong } = read(request.responseText)
      if (next) location.assign(next)
      else free(wrong ?? (request.status === 413 ? heldUp : failed))
    })
    say(`正在上传《${file.name}》……`, 0)
    request.send(body)
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send(input.files?.[0])
  })
  input.addEventListener('change', () => send(input.files?.[0]))
  form.addEventListener('dragover', (event) => {
    event.preventDefault()
    form.classList.add('over')
  })
  form.addEventListener('dragleave', () => form.classList.remove('over'))
  // Beside the field the browser would open the file instead of the page.
  window.addEventListener('dragover', (event) => event.preventDefault())
  window.addEventListener('drop', (event) => {
    event.preventDefault()
    form.classList.remove('over')
    send(event.dataTransfer?.files[0])
  })
}

function read(text: string): Answer {
  try {
    return JSON.parse(text) as Answer
  } catch {
    return {}
  }
}
