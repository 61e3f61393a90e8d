"""A filled-in table of fuel use, as somebody hands it in."""

from xietong.tables import schemas


def fuel_use(*rows: tuple[str, int, str], fuel: str = "烟煤") -> bytes:
    """The CSV of one row per (region, year, amount)."""
    columns = schemas()["fuel_use"].columns
    lines = [",".join(column.heading for column in columns)]
    for number, (region, year, amount) in enumerate(rows, 1):
        known = {
            "region": region,
            "year": str(year),
            "sector": "火力发电",
            "fuel": fuel,
            "amount": amount,
            "unit": "万吨",
            "facility": f"示例电厂{number}",
        }
        lines.append(",".join(known.get(column.name, "") for column in columns))
    return ("\n".join(lines) + "\n").encode()
