"""From a laid-out receipt to dots, printer bytes, PDF pages and the printer itself."""
