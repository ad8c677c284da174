"""Reference data of the city: its bureaus and the specialities of the 工程技术 series. Data, not rules (R-0.3, Q-4)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Desk:
    """A bureau as it is founded; `functional` desks belong to a functional district and have codes of our own."""

    code: str
    name: str
    short_name: str
    functional: bool = False


CITY = Desk("330400", "嘉兴市人力资源和社会保障局", "市人社局")

COUNTIES = (
    Desk("330402", "南湖区人力资源和社会保障局", "南湖区人社局"),
    Desk("330411", "秀洲区人力资源和社会保障局", "秀洲区人社局"),
    Desk("330421", "嘉善县人力资源和社会保障局", "嘉善县人社局"),
    Desk("330424", "海盐县人力资源和社会保障局", "海盐县人社局"),
    Desk("330481", "海宁市人力资源和社会保障局", "海宁市人社局"),
    Desk("330482", "平湖市人力资源和社会保障局", "平湖市人社局"),
    Desk("330483", "桐乡市人力资源和社会保障局", "桐乡市人社局"),
    Desk("JK01", "嘉兴经济技术开发区（国际商务区）人力资源和社会保障服务窗口", "经开区人社窗口", functional=True),
    Desk("GQ01", "嘉兴港区人力资源和社会保障服务窗口", "港区人社窗口", functional=True),
)

SPECIALITIES = (
    "机械设计",
    "机械制造与工艺",
    "模具",
    "焊接",
    "机电一体化",
    "自动化控制",
    "电气",
    "电力",
    "电子信息",
    "通信",
    "计算机软件",
    "计算机硬件与网络",
    "人工智能与大数据",
    "集成电路",
    "光电",
    "光伏与新能源",
    "储能电池",
    "汽车及零部件",
    "轨道交通",
    "船舶",
    "化工工艺",
    "化工设备",
    "高分子材料",
    "金属材料",
    "无机非金属",
    "新材料",
    "化纤",
    "纺织",
    "印染",
    "服装",
    "皮革",
    "家具与木业",
    "造纸与包装",
    "食品",
    "生物医药工程",
    "医疗器械",
    "环境工程",
    "给排水",
    "安全工程",
    "质量与计量",
    "标准化",
    "仪器仪表",
    "制冷暖通",
    "建筑结构",
    "建筑施工",
    "市政",
    "园林",
    "测绘",
    "水利",
    "交通工程",
    "物流工程",
    "工业设计",
    "印刷",
    "紧固件与通用零部件",
    "家用电器（集成灶）",
)
