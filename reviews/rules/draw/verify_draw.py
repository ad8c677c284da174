"""复核抽取记录，只用 Python 自带的库: python3 verify_draw.py 抽取记录.json"""

import json
import sys
from hashlib import sha256
from hmac import digest
from pathlib import Path


def problems(data: bytes) -> list[str]:
    try:
        whole = json.loads(data)
        record, pool, previous = whole["record"], whole["record"]["pool"], whole["record"]["commitment"]
        encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
        texts = [encode(x) for x in (whole, record, pool)]
        told, experts = (whole["sha256"], record["pool_hash"]), {x["code"]: x for x in pool["experts"]}
        sums = tuple(sha256(x.encode()).hexdigest() for x in texts[1:])
        found = ["文件或名单被改动过，与校验值不符"] * (texts[0].encode() != data or sums != told)
        for n, run in enumerate(record["runs"], 1):
            code, secret, chosen = bytes.fromhex(run["code"]), bytes.fromhex(run["secret"]), list[str]()
            hashes = [sha256(x).hexdigest() for x in (code, secret)]
            found += [f"第{n}次：揭示的密数与抽取前的校验值不符"] * (hashes != [previous, record["supervisor_hash"]])
            key, previous = digest(code, secret + record["pool_hash"].encode(), "sha256"), run["code"]
            order = sorted([digest(key, x.encode() + b"\x01", "sha256").hex(), x] for x in experts)
            for x in [x for _, x in order if x not in [gone["code"] for gone in run["unavailable"]]]:
                full = any(sum(experts[c][k] == experts[x][k] for c in chosen) >= m for k, m in pool["at_most"].items())
                chosen += [x] * (len(chosen) < pool["choose"] and not full)
            found += [f"第{n}次：排序或结果不符"] * ([n, order, chosen] != [run["run_no"], run["order"], run["chosen"]])
        return found
    except (ValueError, LookupError, TypeError, AttributeError):
        return ["文件不完整或格式不对"]


if __name__ == "__main__":
    sys.exit("\n".join(problems(Path(sys.argv[1]).read_bytes())) or print("复核无误"))
