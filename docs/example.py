# %% [markdown]
# # A notebook in twenty lines
#
# Run it with `python docs/example.py`, or cell by cell in an editor that knows `# %%`.

# %% Read reports into a notebook: here the twenty that come with dateline
import tempfile
from datetime import date
from pathlib import Path

import dateline
from dateline import demo

folder = Path(tempfile.mkdtemp())
notebook = dateline.open(folder / "example.db")
with demo.articles() as reports:
    report = notebook.add(reports)
print(report.added, "reports,", len(notebook.stories()), "stories")

# %% What was expected, and what became of it
ferry = notebook.story(notebook.search("ferry wreck")[0].story)
for entry in ferry.expectations():
    print(f"{entry.outcome.status:9} {entry.due.end if entry.due else '-'}  {entry.event}")

# %% The same ledger as it stood on a day, from nothing that was published later
for entry in ferry.expectations(as_of=date(2024, 3, 9)):
    print(f"{entry.outcome.status:9} {entry.event}")

# %% Every line points at the sentence that it came from
line = ferry.timeline()[0]
for source in line.sources:
    print(f"{source.source}, characters {source.span.start} to {source.span.end}: {source.text}")

# %% Tables for analysis; .to_frame() makes a pandas or polars frame of one, where either is installed
times = notebook.tables(["times"])["times"]
print(len(times), "time expressions:", ", ".join(column.name for column in times.columns))

# %% A page to send to somebody
print(dateline.export(notebook, "html", story=ferry.id, out=folder / "ferry.html"))

# %%
notebook.close()
