"""The export formats, each of which writes an Agreement as one file; also calendars, contacts, mails and forms."""
