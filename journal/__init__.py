"""Journal: a diary between infusions."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from journal.config import Config


def create_app(config: "Config | None" = None) -> "Flask":
    """The web application. Raises ConfigError where it must not be served."""
    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    from journal import web
    from journal.accounts import gate
    from journal.accounts.routes import bp as accounts_bp
    from journal.clinic.routes import bp as clinic_bp
    from journal.config import ROOT, ConfigError, from_env
    from journal.db import make_engine
    from journal.demo.mark import refuse_wrong_database
    from journal.entries.routes import bp as entries_bp
    from journal.infusions.rest import rests_until
    from journal.patient.routes import bp as patient_bp
    from journal.push.routes import bp as push_bp
    from journal.reminders.routes import bp as reminders_bp
    from journal.sharing.routes import bp as sharing_bp
    from journal.vault import Vault

    config = config or from_env()
    engine = make_engine(config.database_url)
    refuse_wrong_database(engine, config)
    app = Flask(
        __name__,
        root_path=str(ROOT / "journal"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    if app.debug and not config.demo:
        raise ConfigError("FLASK_DEBUG shows our inside to whoever meets a fault: it must be unset")
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=256 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        PERMANENT_SESSION_LIFETIME=400 * 24 * 3600,
    )
    app.extensions["config"] = config
    # Sharing would have to ask upward: it is handed the answer.
    app.extensions["rests_until"] = rests_until
    web.init_app(app, config, engine, Vault(config.vault_keys))
    gate.init_app(app)
    blueprints = accounts_bp, sharing_bp, push_bp, entries_bp, reminders_bp, patient_bp, clinic_bp
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, config.proxies, config.proxies, config.proxies, config.proxies
        )
    return app
