"""The middle of each country, in degrees (latitude, longitude), by ISO 3166 code."""

_TABLE = """
AD 42.5 1.5|AE 24 54|AF 33 65|AG 17.05 -61.8|AL 41 20|AM 40 45|AO -12.5 18.5|AR -34 -64|AT 47.33 13.33|AU -25 135|AZ 40.5 47.5
BA 44 18|BB 13.17 -59.53|BD 24 90|BE 50.83 4|BF 13 -2|BG 42.67 25.25|BH 26 50.55|BI -3.5 30|BJ 9.5 2.25|BN 4.5 114.67|BO -17 -65
BR -10 -55|BS 24.25 -76|BT 27.5 90.5|BW -22 24|BY 53 28|BZ 17.25 -88.75|CA 60 -110|CD -2.5 23.5|CF 7 21|CG -1 15|CH 47 8|CI 8 -5
CL -30 -71|CM 6 12|CN 35 105|CO 4 -73.25|CR 10 -84|CU 22 -79.5|CV 16 -24|CY 35 33|CZ 49.75 15|DE 51.5 10.5|DJ 11.5 42.5|DK 56 10
DM 15.5 -61.33|DO 19 -70.67|DZ 28 3|EC -1.25 -78.25|EE 59 26|EG 27 30|ER 15 39|ES 40 -4|ET 8 38|FI 64 26|FJ -18 178|FM 6.92 158.18
FR 46 2|GA -1 11.75|GB 54.76 -2.7|GD 12.12 -61.67|GE 42 43.5|GH 8.1 -1.2|GM 13.5 -15.5|GN 11 -10.5|GQ 1.7 10.5|GR 39 22|GT 15.5 -90.25
GW 12 -15|GY 5 -59|HK 22.25 114.17|HN 15 -86.5|HR 45.17 15.5|HT 19 -72.42|HU 47 20|ID -5 120|IE 53 -8|IL 31.5 34.75|IN 22 79|IQ 33 44
IR 32 53|IS 65 -18|IT 42.83 12.83|JM 18.17 -77.32|JO 31 36|JP 35.69 139.75|KE 1 38|KG 41.5 75|KH 13 105|KI -5 -170|KM -12.2 44.25
KN 17.33 -62.75|KP 40 127|KR 36.5 127.75|KW 29.5 47.75|KZ 48 68|LA 18 105|LB 33.83 35.83|LC 13.88 -60.97|LI 47.17 9.53|LK 7 81
LR 6.5 -9.5|LS -29.5 28.25|LT 55.42 24|LU 49.75 6.17|LV 57 25|LY 28 17|MA 32 -6|MC 43.73 7.42|MD 47 29|ME 42.75 19.25|MG -20 47
MH 7.11 171.24|MK 41.67 21.75|ML 18 -2|MM 21 96|MN 46 105|MR 20 -12|MT 35.92 14.43|MU -20.3 57.58|MV 3.2 73|MW -13.5 34|MX 23 -102
MY 2.5 112.5|MZ -18.25 35|NA -22 17|NE 18 9|NG 10 8|NI 13 -85|NL 52.25 5.75|NO 62 10|NP 28 84|NR -0.53 166.93|NZ -42 174|OM 21 57
PA 9 -80|PE -10 -76|PG -6 147|PH 13 122|PK 30 70|PL 52 20|PS 31.92 35.2|PT 39.5 -8|PW 6 134|PY -23 -58|QA 25.5 51.25|RO 46 25
RS 44.82 20.46|RU 60 100|RW -2 30|SA 25 45|SB -8 159|SC -4.58 55.67|SD 16 30|SE 62 15|SG 1.37 103.8|SI 46.08 15|SK 48.67 19.5
SL 8.5 -11.5|SM 43.93 12.42|SN 14.5 -14.25|SO 6 48|SR 4 -56|SS 7.5 30|ST 1 7|SV 13.83 -88.92|SY 35 38|SZ -26.5 31.5|TD 15 19|TG 8 1.17
TH 15.5 101|TJ 39 71|TL -8.83 125.75|TM 40 60|TN 34 9|TO -20 -175|TR 39 35|TT 11 -61|TV -8 178|TW 24 121|TZ -6 35|UA 49 32|UG 2 33
US 39.76 -98.5|UY -33 -56|UZ 41.71 63.85|VA 41.9 12.45|VC 13.08 -61.2|VE 8 -66|VN 16.17 107.83|VU -16 167|WS -13.8 -172.18|XK 42.58 21
YE 15.5 47.5|ZA -29 24|ZM -14.33 28.5|ZW -19 29
"""

CENTROIDS: dict[str, tuple[float, float]] = {
    code: (float(latitude), float(longitude))
    for code, latitude, longitude in (row.split() for row in _TABLE.replace("\n", "|").split("|") if row)
}

_REGIONS = """
CA Alberta 55 -115|CA British Columbia,B.C. 54 -125|CA Manitoba 55 -97|CA New Brunswick 46.5 -66.5|CA Newfoundland and Labrador,Newfoundland 52 -56
CA Nova Scotia 45.2 -63|CA Ontario 49.25 -84.5|CA Quebec,Québec 52 -72|CA Saskatchewan 54 -106|CA Yukon 63 -135|CA Nunavut 70 -90
AU Queensland -20 144.5|AU New South Wales,NSW -32.5 146|AU Victoria -37 144|AU Tasmania -42 146.5|AU South Australia -30 135
AU Western Australia -25 122|AU Northern Territory -20 133|GB England 52.16 -0.7|GB Scotland 56 -4|GB Wales 52.5 -3.5|GB Northern Ireland 54.5 -6.5
UA Crimea 45.3 34.4|UA Donbas,Donbass 48.3 38|RU Chechnya 43.3 45.7|RU Dagestan 43 47|RU Siberia 60 105|RU Tatarstan 55.5 51|DE Bavaria 49 11.5
DE Saxony 51 13.3|ES Catalonia 41.8 1.6|ES Andalusia 37.5 -4.7|ES Basque Country 43 -2.6|IT Sicily 37.5 14|IT Sardinia 40 9|IT Tuscany 43.4 11
FR Brittany 48.2 -2.9|FR Normandy 49 0.3|FR Corsica 42 9|IN Kashmir,Jammu and Kashmir 34 76|IN Punjab 31 75.5|IN Gujarat 23 71.7
IN Uttar Pradesh 27 80.5|IN Bihar 25.8 85.9|IN Kerala 10.5 76.5|IN Tamil Nadu 11 78.5|IN Maharashtra 19.5 75|IN West Bengal 23.8 88|IN Assam 26 93
CN Xinjiang 41 85|CN Tibet 31 88|CN Sichuan 30.5 102.5|CN Hunan 27.7 111.7|CN Hubei 31 112|CN Guangdong 23 113.5|CN Anhui 32 117|CN Yunnan 25 102
CN Fujian 26 118|CN Zhejiang 29 120|CN Henan 34 113.7|CN Shandong 36.4 118.5|CN Inner Mongolia 43 114|PK Balochistan 28 66|PK Sindh 26 69
PK Khyber Pakhtunkhwa 34.5 72|PS Gaza Strip,Gaza 31.42 34.38|PS West Bank 32 35.25|SD Darfur 13 25|IQ Anbar 33 42|IQ Kurdistan 36.4 44.4
AF Helmand 31 64|AF Kandahar province 31 65.8|AF Nangarhar 34.2 70.2|ID Java -7.5 110|ID Sumatra 0 102|ID Bali -8.4 115|ID Papua -4 138|ID Aceh 4.4 97
JP Hokkaido 43.5 142.5|JP Okinawa 26.5 128|PH Mindanao 8 125|PH Luzon 16 121|BR Amazonas -5 -63|MX Chiapas 16.5 -92.5|MX Guerrero 17.6 -100
MX Sinaloa 25 -107.5|ET Tigray 14 38.5|SO Puntland 8.5 49|SO Somaliland 9.8 46|NG Borno 11.8 13.2|CD Kivu -2.5 28.5|MM Rakhine 20 93.5
"""

REGIONS: tuple[tuple[str, str, float, float], ...] = tuple(
    (code, names, float(latitude), float(longitude))
    for code, names, latitude, longitude in (
        (row.split(" ", 1)[0], *row.split(" ", 1)[1].rsplit(" ", 2))
        for row in _REGIONS.replace("\n", "|").split("|")
        if row
    )
)
"""Regions that news names without their country: ISO code, names, latitude, longitude."""

NOWHERE: frozenset[str] = frozenset(
    [
        "africa",
        "asia",
        "europe",
        "americas",
        "north america",
        "south america",
        "latin america",
        "central america",
        "oceania",
        "antarctica",
        "middle east",
        "west",
        "east",
        "north",
        "south",
        "the west",
        "the east",
        "far east",
        "caribbean",
        "arctic",
        "balkans",
        "scandinavia",
        "gulf",
        "mediterranean",
        "pacific",
        "atlantic",
        "white house",
        "kremlin",
        "capitol",
        "pentagon",
        "wall street",
        "downing street",
        "earth",
        "moon",
        "mars",
    ]
)
"""Names, folded, of what has no one spot on the map, though some town may bear them."""
