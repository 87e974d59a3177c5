"""`python -m app.run`: prepare, serve, and say where Desk46 is and how to sign in."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from app import config, store
from app.config import Settings
from app.private_files import private_folder
from app.run import box_alone, commands
from app.run.commands import refuse
from app.run.supervisor import Plan, become_supervisor, within_reach
from app.run.unfinished import CUT_OFF, UNFINISHED
from app.run.upgrades import upgrade
from app.schema import WrongSchema
from app.seed_file import WrongSeed

if TYPE_CHECKING:
    from collections.abc import Callable

BOX = "REES46 in a box"


def main() -> int:
    args = _arguments()
    if not os.environ.get("DESK46_PUBLIC_URL"):
        os.environ["DESK46_PUBLIC_URL"] = f"http://{within_reach(args.host)}:{args.port}"  # for its children, too
    if args.box:
        os.environ.setdefault("DESK46_LINK_DOMAIN", os.environ["DESK46_PUBLIC_URL"])  # it is at the root
    try:
        settings = config.read()
    except config.WrongSettingsError as error:
        return refuse(str(error))
    try:
        command = _command(settings, args)
        return command() if command else _serve(settings, args)
    except (WrongSchema, WrongSeed) as error:
        return refuse(str(error))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app.run", description="Run Desk46.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8046", type=int, help="PORT, or 8046")
    parser.add_argument("--demo", action="store_true", help="fill the box with its demo shop")
    parser.add_argument("--box", action="store_true", help="serve REES46 in a box alone, without the desk")
    parser.add_argument("--seed", metavar="small|demo|FILE", default="", help="fill that box, unless it is filled")
    instead = parser.add_argument_group("instead of serving").add_mutually_exclusive_group()
    instead.add_argument("--password", metavar="EMAIL", help="give this person a new password")
    instead.add_argument("--no-second-factor", metavar="EMAIL", help="remove the second factor of this person")
    instead.add_argument("--backup", metavar="FILE", type=Path, help="back everything up into a new file")
    instead.add_argument("--restore", metavar="FILE", type=Path, help="restore a backup into empty databases")
    instead.add_argument("--check", action="store_true", help="say what is wrong, and what to do about it")
    instead.add_argument("--verify-trail", action="store_true", help="check the seals of the audit trail")
    instead.add_argument("--re-encrypt", action="store_true", help="encrypt everything with the first secret key")
    instead.add_argument("--undo-upgrade", action="store_true", help="go back to the shape before the last upgrade")
    parser.add_argument("--key-is-lost", action="store_true", help="restore without the key of the backup")
    args = parser.parse_args()
    if args.seed and not args.box:
        parser.error("--seed goes with --box")
    return args


def _command(settings: Settings, args: argparse.Namespace) -> Callable[[], int] | None:
    """Give what is to be done instead of serving."""
    ways: tuple[tuple[object, Callable[[], int]], ...] = (
        (args.backup, lambda: commands.back_up(settings, args.backup)),
        (args.restore, lambda: commands.restore(settings, args.restore, key_is_lost=args.key_is_lost)),
        (args.check, lambda: commands.check(settings)),
        (args.verify_trail, lambda: commands.verify_trail(settings)),
        (args.re_encrypt, lambda: commands.re_encrypt(settings)),
        (args.undo_upgrade, lambda: commands.undo_upgrade(settings)),
        (args.no_second_factor, lambda: commands.remove_second_factor(settings, args.no_second_factor)),
        (args.password, lambda: commands.set_password(settings, args.password)),
    )
    return next((do for wanted, do in ways if wanted), None)


def _serve(settings: Settings, args: argparse.Namespace) -> int:
    """Prepare, and become the supervisor; whoever is refused gets a status."""
    if not _is_free(args.host, args.port):
        return refuse(f"Port {args.port} is taken. Choose another: PORT={args.port + 1} make run")
    if (settings.var / UNFINISHED).exists():
        return refuse(CUT_OFF)
    return become_supervisor(_plan_of_box(settings, args) if args.box else _plan(settings, args))


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _plan_of_box(settings: Settings, args: argparse.Namespace) -> Plan:
    words = box_alone.prepare(settings, args.seed)
    return Plan(box_alone.programs(args.host, args.port), args.host, args.port, words, settings.public_url, BOX)


def _plan(settings: Settings, args: argparse.Namespace) -> Plan:
    words = _prepare(settings, demo=args.demo and settings.in_a_box)
    if settings.metrics_token:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_emptied(settings.measurements))  # prometheus-client looks there
    return Plan(_programs(settings, args.host, args.port), args.host, args.port, words, settings.public_url)


def _prepare(settings: Settings, *, demo: bool) -> str:
    """Bring the databases up to date and tell how to sign in. The box is left out where REES46 is far away."""
    upgrade(settings)
    if demo:
        import_module("app.run.demo").furnish(settings)
    if administrator := store.first_administrator(settings, temporary=not demo):
        email, password = administrator
        what_now = "keep it, or change it" if demo else "it is good for a day, and you choose your own as you sign in"
        return f"Sign in as {email} with the password {password} (shown this once: {what_now})"
    way = "make password EMAIL=you@example.com" if demo else "python -m app.run --password you@example.com"
    return f"Sign in as before. For a new password: {way}"


def _emptied(folder: Path) -> Path:
    """Make a folder for measurements: those of processes that are gone were asked for while they were there."""
    shutil.rmtree(folder, ignore_errors=True)
    private_folder(folder)
    return folder


def _programs(settings: Settings, host: str, port: int) -> list[list[str]]:
    desk = [["web", "app.run.web", host, str(port)], ["jobs", "app.run.work"]]
    return [*desk, ["worker", "app.engine.worker.main"]] if settings.in_a_box else desk


if __name__ == "__main__":
    sys.exit(main())
