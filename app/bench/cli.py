"""Lệnh ``bench``: đo tốc độ trên dữ liệu lớn, cạnh một trang trần."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.bench.measuring import Result, Speed, measure

SIZES = (10_000, 1_000_000)
LEAST_RATIO = 0.25
MOST_QUERIES = 12
MOST_GROWTH = 1.3
_HEAD = (
    f"{'trang':34} {'giữa':>7} {'p95':>7} {'cpu ứng dụng':>13} {'cpu csdl':>9} {'cpu trần':>9} {'trang/giây':>11} "
    f"{'trần/giây':>10} {'tỷ lệ':>6} {'SQL':>4}"
)


@click.command("bench")
@click.option(
    "--documents",
    "sizes",
    type=click.IntRange(500),
    multiple=True,
    help="Cỡ dữ liệu (mặc định 10000 và 1000000).",
)
@click.option("--only", multiple=True, help="Chỉ đo trang này (home, inbox, incoming, …).")
@click.option(
    "--json", "file", type=click.Path(path_type=Path, dir_okay=False), help="Ghi số đo ra tệp JSON."
)
@click.option("--seconds", type=click.FloatRange(0.1, 60), default=4.0, help="Mỗi phép đo kéo dài chừng này.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Nơi giữ dữ liệu đo (mặc định var/bench).",
)
@click.option(
    "--signing", "only_signing", is_flag=True, help="Chỉ đo ký số và xác minh; không cần cơ sở dữ liệu."
)
@click.option(
    "--exchange", "only_exchange", is_flag=True, help="Chỉ đo liên thông, trên một cơ sở dữ liệu dựng tạm."
)
def command(
    sizes: tuple[int, ...],
    only: tuple[str, ...],
    file: Path | None,
    seconds: float,
    home: Path | None,
    only_signing: bool,
    only_exchange: bool,
) -> None:
    """Đo tốc độ: máy chủ thật, dữ liệu lớn, cạnh một trang trần cùng lúc."""
    if only_signing:
        _sign()
        return
    if only_exchange:
        _exchange()
        return
    from app.bench.databases import FOLDER, prepare

    results = []
    for documents in sizes or SIZES:
        place = prepare(documents, (home or FOLDER).resolve())
        click.echo(f"\n{documents:,} văn bản".replace(",", "."))
        click.echo(_HEAD)
        results.append(measure(documents, place, only, seconds, _tell))
        click.echo(
            f"khởi động {results[-1].start_seconds:.1f} giây, bộ nhớ {results[-1].memory_mb:.0f} MB (PSS, không kể csdl)"
        )
    growth = _growth(results)
    _judge(results, growth)
    if not only:
        _sign()
        _exchange()
    if file is not None:
        file.write_text(json.dumps(_as_json(results, growth), ensure_ascii=False, indent=1), encoding="utf-8")
        click.echo(f"Đã ghi {file}")


def _sign() -> None:
    from app.bench import signing

    click.echo("\nKý số và xác minh")
    for found in signing.measure():
        click.echo(found.line)


def _exchange() -> None:
    from app.bench import exchange

    click.echo("\nLiên thông")
    for found in exchange.measure():
        click.echo(found.line)


def _tell(speed: Speed) -> None:
    click.echo(
        f"{speed.title[:34]:34} {speed.median_ms:7.1f} {speed.p95_ms:7.1f} {speed.cpu_app_ms:13.1f} "
        f"{speed.cpu_database_ms:9.1f} {speed.bare_cpu_ms:9.1f} {speed.per_second:11.0f} {speed.bare_per_second:10.0f} {speed.ratio:6.2f} "
        f"{speed.queries:4}"
    )


def _growth(results: list[Result]) -> dict[str, float]:
    """Trung vị ở cỡ lớn nhất so với cỡ nhỏ nhất."""
    if len(results) < 2:
        return {}
    small, large = (min if pick else max for pick in (True, False))
    first, last = small(results, key=lambda r: r.documents), large(results, key=lambda r: r.documents)
    before = {speed.name: speed.median_ms for speed in first.speeds}
    return {speed.name: speed.median_ms / before[speed.name] for speed in last.speeds if speed.name in before}


def _judge(results: list[Result], growth: dict[str, float]) -> None:
    """Đạt hay chưa, từng trang; a benchmark says it, a test would hold it."""
    click.echo("")
    largest = max(results, key=lambda r: r.documents)
    for speed in largest.speeds:
        faults = []
        if speed.ratio < LEAST_RATIO:
            faults.append(f"tỷ lệ {speed.ratio:.2f} dưới {LEAST_RATIO}")
        if speed.queries > MOST_QUERIES:
            faults.append(f"{speed.queries} câu SQL, quá {MOST_QUERIES}")
        if growth.get(speed.name, 1.0) > MOST_GROWTH:
            faults.append(f"chậm đi {growth[speed.name]:.2f} lần theo cỡ dữ liệu, quá {MOST_GROWTH}")
        grown = f" (lớn lên {growth[speed.name]:.2f} lần)" if speed.name in growth else ""
        click.echo(
            f"{'chưa đạt' if faults else 'đạt':9} {speed.title}{grown}{': ' if faults else ''}{'; '.join(faults)}"
        )


def _as_json(results: list[Result], growth: dict[str, float]) -> dict[str, object]:
    return {
        "sizes": [
            {
                "documents": result.documents,
                "start_seconds": round(result.start_seconds, 2),
                "memory_mb": round(result.memory_mb, 1),
                "pages": [speed.to_json() for speed in result.speeds],
            }
            for result in results
        ],
        "growth": {name: round(value, 3) for name, value in growth.items()},
    }
