"""The counter's three tones, made from sines: a scan, an unknown code, a sale that is done."""

import io
import math
import struct
import wave
from enum import StrEnum

RATE = 22_050


class Tone(StrEnum):
    """What a tone tells; each is a file `resources/sounds/NAME.wav`."""

    SCAN = "scan"
    UNKNOWN = "unknown"
    DONE = "done"


# Each tone as notes: pitch in hertz, length in seconds, loudness.
_NOTES = {
    Tone.SCAN: ((1318.5, 0.07, 0.35),),
    Tone.UNKNOWN: ((233.1, 0.13, 0.5), (174.6, 0.2, 0.5)),
    Tone.DONE: ((659.3, 0.09, 0.35), (880.0, 0.09, 0.35), (1174.7, 0.18, 0.35)),
}


def wav(tone: Tone) -> bytes:
    """Return a tone as a WAV file: mono, 16 bits."""
    samples: list[int] = []
    for pitch, seconds, loudness in _NOTES[tone]:
        samples += _note(pitch, seconds, loudness)
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return target.getvalue()


def _note(pitch: float, seconds: float, loudness: float) -> list[int]:
    count = int(RATE * seconds)
    ramp = RATE // 200  # five milliseconds in and out, or it clicks
    return [
        round(
            32767
            * loudness
            * min(1.0, i / ramp, (count - i) / ramp)
            * (math.sin(2 * math.pi * pitch * i / RATE) * 0.8)
            + 32767
            * loudness
            * min(1.0, i / ramp, (count - i) / ramp)
            * math.sin(4 * math.pi * pitch * i / RATE)
            * 0.2
        )
        for i in range(count)
    ]
