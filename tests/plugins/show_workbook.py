#!/usr/bin/python3
"""What a reader that is not ours finds in a workbook: each sheet's name, then its rows, a JSON array each.

Usage: show_workbook.py FILE
"""

import json
import sys

import openpyxl

for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):
    print(f"== {sheet.title}")
    for row in sheet.iter_rows():
        if any(cell.data_type == "f" for cell in row):
            sys.exit("a cell is a formula")
        print(json.dumps([cell.value for cell in row], ensure_ascii=False))
