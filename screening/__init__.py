"""Screening of travellers and travel documents against police notices, under the caller's access rights."""
