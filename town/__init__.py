"""The ground every room stands on: settings, clock, journal, terms, people, vault. It knows no room."""
