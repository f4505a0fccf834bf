"""The receiver's meters, for Prometheus: how much came, what became of it, how far tills are back.

No name, key or figure of a sale is in them; a till shows by its code, and only where it is known.
"""

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from tofan_pos.office.intake import Result

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_DURATIONS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


@dataclass(slots=True)
class Meters:
    """One receiver's meters, in a registry of their own."""

    registry: CollectorRegistry = field(
        default_factory=lambda: CollectorRegistry(auto_describe=True)
    )
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    refused: Counter = field(init=False)
    received: Counter = field(init=False)
    sent: Counter = field(init=False)
    files: Counter = field(init=False)
    entries: Counter = field(init=False)
    sales: Counter = field(init=False)
    heard: Gauge = field(init=False)
    behind: Gauge = field(init=False)
    bodies: Gauge = field(init=False)
    letters: Gauge = field(init=False)

    def __post_init__(self) -> None:
        """Hang every meter up in the registry."""
        here = self.registry
        self.requests = Counter(
            "tofan_requests", "Requests by path and status", ("path", "status"), registry=here
        )
        self.seconds = Histogram(
            "tofan_request_seconds",
            "How long requests took",
            ("path",),
            buckets=_DURATIONS,
            registry=here,
        )
        self.refused = Counter(
            "tofan_refused", "What was refused, by reason", ("why",), registry=here
        )
        self.received = Counter("tofan_received_bytes", "Bytes of bodies read", registry=here)
        self.sent = Counter("tofan_sent_bytes", "Bytes of bodies answered", registry=here)
        self.files = Counter(
            "tofan_files", "Sync files by what became of them", ("outcome",), registry=here
        )
        self.entries = Counter("tofan_entries", "Journal entries added", registry=here)
        self.sales = Counter("tofan_sales", "Sales added", registry=here)
        self.heard = Gauge(
            "tofan_till_heard_timestamp_seconds",
            "When a known till was heard last, in seconds since 1970",
            ("till",),
            registry=here,
        )
        self.behind = Gauge(
            "tofan_till_behind_entries",
            "How many of a till's entries head office lacked when the till said hello",
            ("till",),
            registry=here,
        )
        self.bodies = Gauge(
            "tofan_bodies", "Files and catalogues being read or worked on", registry=here
        )
        self.letters = Gauge(
            "tofan_letters", "Letters and fronts of files being read or worked on", registry=here
        )

    def took(self, result: Result) -> None:
        """Count what became of a sync file."""
        self.files.labels(result.outcome.value).inc()
        self.entries.inc(result.added)
        self.sales.inc(result.sales)

    def text(self) -> bytes:
        """Return all meters as Prometheus reads them."""
        return generate_latest(self.registry)
