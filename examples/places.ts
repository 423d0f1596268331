// The example's places. The 14 streets, 金苑社区 and 李江沟村 are real; every other community and village is invented.

/** Streets in roster order, each with its communities and villages. */
export const streets: Record<string, string> = {
  林山寨:
    '林山寨社区 友爱路社区 百花里社区 伊河路社区 颍河路社区 碧沙岗社区 文化宫社区 兑周社区 郑上里社区 工人新村社区 岗坡社区',
  建设路:
    '电缆厂社区 煤建社区 五棉社区 冉屯东社区 冉屯西社区 汇华社区 裕达社区 锅炉厂社区 二砂社区 德亿社区 常青里社区 玻璃厂社区',
  棉纺路:
    '棉纺西路社区 国棉一厂社区 国棉三厂社区 国棉四厂社区 国棉六厂社区 印染厂社区 锦艺城社区 保全街社区 天下城社区 纺机里社区 普罗旺世社区 凯旋门社区',
  秦岭路:
    '秦岭路社区 热电厂社区 郑煤机社区 洛河社区 华山社区 湖光新苑社区 建东社区 五龙口社区 朱屯社区 电厂里社区 西湖春天社区',
  桐柏路:
    '桐柏路社区 西站路社区 市场街社区 农机社区 友谊里社区 桃源路社区 育才里社区 长城康桥社区 建工新村社区 岭军峪社区 中储社区',
  三官庙:
    '三官庙社区 元通社区 计划路社区 凯田社区 芝麻街社区 惠安里社区 高寨社区 华润社区 西工房社区 化工厂社区 新星里社区',
  绿东村:
    '绿东村社区 国棉五厂社区 绿城花园社区 互助路社区 合作路社区 伏牛路社区 工人路社区 电力里社区 桃李园社区 嵩山里社区 朝阳里社区',
  汝河路:
    '金苑社区 汝河小区社区 淮河路社区 李江沟村 西陈庄社区 沙口新村社区 幸福里社区 郑飞社区 华达社区 兴华里社区',
  航海西路:
    '锦苑社区 帝湖社区 大岗刘社区 冯湾社区 昆仑路社区 建业里社区 翠微里社区 密垌社区 齐礼阎社区 孙八寨社区 交通里社区',
  中原西路:
    '中原中路社区 国棉二厂社区 董寨社区 闫垌社区 仪表厂社区 郑轴社区 段庄社区 罗庄社区 盛世年华社区 西岗社区',
  西流湖:
    '柿园村 大庄村 贾寨村 冯庄村 石羊寺村 湖畔里社区 阳光城社区 凤凰里社区 郑上路社区 兰寨社区 白鹭洲社区 碧桂里社区 水岸社区',
  须水: '须水村 赵坡村 付庄村 三王庄村 天王寺村 孙庄村 五洲里社区 常庄新城社区 二十里铺社区 百合里社区 中博社区',
  柳湖: '宋庄村 汪垌村 大李村 垂杨里社区 春晓里社区 汇景社区 学府里社区',
  莲湖: '莲湖社区 马庄村 白寨村 铁炉村 荷花里社区 碧水湾社区 科学里社区 梧桐里社区',
}

export const aliases: Record<string, string> = {
  全区: '中原区',
  汝河小区社区: '汝河小区',
  李江沟村: '李江沟',
  建工新村社区: '建工新村',
  普罗旺世社区: '普罗旺世',
  二十里铺社区: '二十里铺',
}

export interface Place {
  code: string
  name: string
  level: '区' | '街道' | '社区' | '村'
  parent: string
}

/** The whole tree, the district first, every street followed by what is in it. */
export function places(): Place[] {
  const district: Place = { code: 'ZY', name: '全区', level: '区', parent: '' }
  return [
    district,
    ...Object.entries(streets).flatMap(([street, members], index): Place[] => {
      const code = `${district.code}${twoDigits(index + 1)}`
      const parent = `${street}街道`
      return [
        { code, name: parent, level: '街道', parent: district.name },
        ...members.split(' ').map((name, member): Place => {
          const level = name.endsWith('村') ? '村' : '社区'
          return { code: `${code}${twoDigits(member + 1)}`, name, level, parent }
        }),
      ]
    }),
  ]
}

const twoDigits = (n: number) => String(n).padStart(2, '0')
