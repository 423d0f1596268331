// Words that make a sentence a guess, a condition or a tale: nothing is done because of them. Phrases of commands.

/** 听说红色物业延期到12月15日, 张三可能接替张建国: for the `unless` of commands that write. */
export const doubtful = '听说|据说|好像|似乎|可能|也许|估计|如果|要是|假如|万一'
