"""Many small contracts of different words, with the things that lie between them in a real folder."""

import random
import zipfile
from pathlib import Path

_GOODS = ("水泵", "阀门", "电缆", "配电柜", "仪表", "管材", "轴承", "风机")
_CITIES = ("临澜", "霁川", "澄塘", "岚溪", "青梧", "云岫")
_TEMPLATE = """{goods}采购合同
合同编号：{number}
甲方：{city}市{name}有限公司
乙方：{other}市衡岭{goods}有限公司
第一条 标的
甲方向乙方采购{goods}{quantity}台，单价人民币{price}元。
第二条 合同总价
合同总价为人民币{total}元（含税，税率13%）。
第三条 付款
1. 甲方应于本合同签订后{days}个工作日内支付合同总价的30%。
2. 验收合格后{later}日内支付合同总价的70%。
第四条 违约责任
1. 乙方逾期交货的，每逾期一日，按合同总价的0.05%支付违约金，累计不超过合同总价的10%。
2. 甲方逾期付款的，每逾期一日，按应付未付金额的0.03%支付违约金。
第五条 争议解决
因本合同发生的争议，由甲方住所地人民法院管辖。
签订日期：2025年{month}月{day}日
"""


def small_contract(number: int, seed: int = 0) -> str:
    """Words of a small contract.

    Args:
        number: gives each its own words.
        seed: gives another collection.
    """
    draw = random.Random(f"{seed}/{number}")
    quantity, price = draw.randint(1, 90), draw.randint(100, 9_000) * 10
    return _TEMPLATE.format(
        goods=draw.choice(_GOODS),
        number=f"CG-{seed}-{number:06}",
        city=draw.choice(_CITIES),
        other=draw.choice(_CITIES),
        name="".join(draw.choices("长风清源水务供热燃气建设运营", k=4)),
        quantity=quantity,
        price=price,
        total=quantity * price,
        days=draw.randint(3, 30),
        later=draw.randint(7, 60),
        month=draw.randint(1, 12),
        day=draw.randint(1, 28),
    )


def make_folder(folder: Path, number: int, seed: int = 0) -> None:
    """Fill a folder: contracts in sub-folders and an archive, copies, and files that cannot be read.

    Args:
        folder: new.
        number: of files in all, archives not counted but their members.
        seed: gives another folder.
    """
    folder.mkdir(parents=True)
    draw = random.Random(seed)
    members = number // 10
    with zipfile.ZipFile(folder / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(members):
            archive.writestr(f"{n % 3}/{n:05}.txt", small_contract(n, seed))
    for n in range(members, number):
        path = folder / f"{n % 7}" / f"{n:05}.txt"
        path.parent.mkdir(exist_ok=True)
        kind = draw.random()
        if kind < 0.03:
            path.touch()
        elif kind < 0.06:
            path.with_suffix(".pdf").write_bytes(b"%PDF-1.7\n" + bytes(draw.randrange(256) for _ in range(500)))
        elif kind < 0.10:
            path.write_text(small_contract(draw.randrange(members), seed), encoding="utf-8")
        else:
            path.write_text(small_contract(n, seed), encoding="utf-8")
