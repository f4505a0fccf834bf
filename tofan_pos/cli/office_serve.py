"""`tofan-office serve`: the receiver, for tills that send over the network."""

import time
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

import click

from tofan_pos.cli import speech
from tofan_pos.cli.office_opening import db_option, open_office
from tofan_pos.cli.speech import FilePath
from tofan_pos.sync.address import is_loopback


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8443, show_default=True, type=click.IntRange(0, 65535))
@click.option("--tls-cert", type=FilePath(), help="A certificate with its chain, as PEM.")
@click.option("--tls-key", type=FilePath(), help="The certificate's key, as PEM.")
@click.option("--behind-proxy", is_flag=True, help="A proxy in front keeps it private.")
@click.option("--proxy", "proxies", multiple=True, help="That proxy's address; else this machine.")
@click.option("--metrics-from", "near", multiple=True, help="A network that may read /metrics.")
@click.pass_context
def serve(  # noqa: PLR0913 - each is one thing a server is told
    context: click.Context,
    *,
    url: str,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    behind_proxy: bool,
    proxies: tuple[str, ...],
    near: tuple[str, ...],
) -> None:
    """Receive from tills over the network, until told to stop."""
    say = speech.words()
    if bool(tls_cert) != bool(tls_key):
        raise click.UsageError(say("--tls-cert and --tls-key belong together."))
    if not tls_cert and not behind_proxy and not is_loopback(host):
        raise click.UsageError(
            say(
                "{host} is open to others, who could read along: give --tls-cert and --tls-key, "
                "or --behind-proxy where a proxy sees to it.",
                host=host,
            )
        )
    networks = [_network(text) for text in near]

    def is_near(address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return found.is_loopback or any(found in network for network in networks)

    # What only a server needs: the other verbs start without it.
    from tofan_pos.office.receiver import Neighbours, receiver  # noqa: PLC0415
    from tofan_pos.office.serving import Place, Serving  # noqa: PLC0415

    office = open_office(context, url)
    neighbours = Neighbours(
        knows=office.store.knows_key,
        ready=office.store.answers,
        now=time.monotonic,
        time=time.time,
        near=is_near,
    )
    believed = proxies or ("127.0.0.1", "::1")
    place = Place(
        host=host,
        port=port,
        certificate=tls_cert,
        key=tls_key,
        proxies=believed if behind_proxy else (),
    )
    Serving(
        receiver(office.reception, neighbours),
        place,
        ready=lambda address: click.echo(say("Tills may send to {address}", address=address)),
    ).run()
    click.echo(say("Stopped; all that had begun was finished."))


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise click.BadParameter(text, param_hint="--metrics-from") from error
