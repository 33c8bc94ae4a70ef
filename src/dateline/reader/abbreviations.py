"""Words that end in a dot without ending a sentence, and the words that help to tell."""

TITLES = ["Mr", "Mrs", "Ms", "Mx", "Messrs", "Mmes", "Mme", "Mlle", "Dr", "Drs", "Prof", "Profs", "Rev", "Revd", "Fr", "Sr", "Sra", "Srta", "St", "Ste", "Hon", "Rt", "Gen", "Lt", "Col", "Capt", "Cpt", "Maj", "Sgt", "Cpl", "Pvt", "Cmdr", "Cdr", "Comdr", "Adm", "Brig", "Det", "Insp", "Supt", "Const", "Gov", "Govs", "Lieut", "Ens", "Sen", "Sens", "Rep", "Reps", "Pres", "Amb", "Sec", "Atty", "Att'y", "Ass't", "Asst", "Assoc", "Dept", "Supt", "Spc", "Pfc", "Ald", "Treas"]

MONTHS_AND_DAYS = ["Jan", "Feb", "Febr", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Tue", "Tues", "Wed", "Weds", "Thu", "Thur", "Thurs", "Fri"]

FIRMS = ["Inc", "Ltd", "Co", "Corp", "Cos", "Bros", "LLC", "Plc", "Jr", "Esq", "Univ", "Assn", "Dist", "Est", "Mfg", "Intl"]

PLACES = ["Ave", "Blvd", "Rd", "Ft", "Mt", "Mts", "Pt", "Calif", "Fla", "Ariz", "Ala", "Conn", "Del", "Ga", "Ind", "Kan", "Ky", "Md", "Mich", "Minn", "Mont", "Neb", "Nev", "Okla", "Pa", "Penn", "Tenn", "Tex", "Va", "Vt", "Wis", "Wyo"]

LATIN_AND_OTHER = ["vs", "v", "etc", "al", "approx", "ca", "cf", "eg", "ie", "viz", "et", "esp", "est", "incl", "excl", "resp", "sq", "ed", "eds", "vol", "vols", "pp", "pt", "fig", "figs", "eq", "ref", "refs", "op", "ext", "tel", "fax", "min", "mins", "hr", "hrs", "yr", "yrs", "lb", "lbs", "oz", "pct", "avg", "max", "Ph", "Sc", "Gens", "Cpls"]

ABBREVIATIONS: frozenset[str] = frozenset(
    (*TITLES, *(t.upper() for t in TITLES if len(t) > 2), *MONTHS_AND_DAYS, *FIRMS, *PLACES, *LATIN_AND_OTHER)
) - {"est", "pt"}
"""Words whose dot belongs to them wherever they stand."""

BEFORE_NUMBER: frozenset[str] = frozenset(
    ["c", "No", "no", "Nos", "nos", "Art", "art", "Sec", "Mar", "Jun", "Jul", "Sun", "Sat", "Mon", "Fig", "Ch", "ch", "Par", "par", "p", "pp", "Chap", "chap", "Reg", "Res", "Bldg", "Rm", "Apt"]
)
"""Words that are short for others only before a number: "No. 10", "Mar. 3"."""

CAN_END: frozenset[str] = frozenset(
    "U.S U.K U.N E.U D.C U.S.A U.A.E L.A N.Y a.m p.m Inc Ltd Co Corp Cos Bros Jr Sr etc al B.C A.D Ph.D M.D M.P Plc "
    "St Ave Blvd Rd Esq Calif Fla Va Pa Mich Tenn Tex pct lb lbs yrs hrs mins min".lower().split()
)
"""Abbreviations, in lower case, that may end a sentence too."""

OPENERS: frozenset[str] = frozenset(
    ["The", "A", "An", "This", "That", "These", "Those", "It", "He", "She", "They", "We", "You", "I", "His", "Her", "Its", "Their", "Our", "My", "Your", "There", "Here", "In", "On", "At", "As", "By", "For", "From", "With", "Without", "After", "Before", "During", "Since", "Until", "When", "While", "Where", "If", "Although", "Though", "Despite", "Because", "But", "And", "Or", "So", "Yet", "However", "Meanwhile", "Moreover", "Also", "Still", "Then", "Now", "Today", "Yesterday", "Tomorrow", "Some", "Many", "Most", "Several", "Few", "Both", "All", "Each", "Every", "Another", "Other", "Others", "No", "Not", "One", "Two", "Three", "Among", "According", "What", "Who", "Why", "How", "Which", "Whether", "Police", "Officials", "Authorities", "Last", "Next", "Earlier", "Later", "Once", "Under", "Over", "About", "Following", "Only", "Even", "Instead", "Mr", "Mrs", "Ms", "Mr.", "Mrs.", "Ms.", "Dr.", "Critics", "Analysts"]
)
"""Words that open a sentence much more often than they follow an abbreviation in a name."""

CUE_VERBS: frozenset[str] = frozenset(
    ["said", "says", "asked", "asks", "told", "tells", "replied", "answered", "added", "wrote", "writes", "shouted", "cried", "yelled", "exclaimed", "wondered", "whispered", "tweeted", "demanded", "joked", "quipped", "recalled", "insisted", "explained"]
)
"""Verbs of saying that may follow a quotation ending in "!" or "?"."""
