"""From heard text to findings: sentence kinds, step announcements, agreements, commands, dates."""
