"""How the bundled model is made; outside the package, with requirements of its own."""
