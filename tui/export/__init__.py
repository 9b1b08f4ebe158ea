"""The export formats: each writes an Agreement as one file. Calendar, contacts, mail and partner's forms as well."""
