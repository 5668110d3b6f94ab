"""Stories of our own for the tests: a report, rewrites of it, an independent report of the same event; and a story put into
other words so thoroughly that hardly anything but its names and numbers stays."""

REPORT = """KERRIGAN, March 4 (Northern Wire) - The stone bridge over the Arle at Kerrigan collapsed on Monday night after three \
days of rain, cutting the only road to the villages of Upper Dunmore and Fell Cross, county officials said.

No one was on the bridge when its central arch gave way shortly before 11 p.m., said Helen Strand, chief engineer of Morvane \
County. Divers searched the river until dawn and found two empty cars.

"We had closed the left lane in January because of cracks in the second pier," Strand told Northern Wire. "Nobody expected the \
centre to go first."

The bridge, built in 1874, carried about 4,200 vehicles a day. An inspection in 2019 rated it "poor" and put the cost of repair at \
6.3 million pounds, but the county council voted to delay the work twice, according to minutes seen by Northern Wire.

Some 860 people live in the two villages. The army is expected to lay a temporary crossing by Friday, and pupils of Dunmore \
School will be taught in the parish hall until then.

Councillor Peter Vaughan, who voted against the delay, said the council would have to answer for it. A public inquiry is likely, \
he added.
"""

REWRITE = """Kerrigan Bridge Collapse Cuts Off Two Villages

Heavy rain lasting three days brought down Kerrigan's historic stone bridge late on Monday, severing the sole road link to Upper \
Dunmore and Fell Cross, according to officials in the county.

The central arch fell just before 11 p.m. with nobody on it, Morvane County's chief engineer Helen Strand confirmed. Two empty \
cars were recovered after divers had combed the river through the night.

Strand told Northern Wire that one lane had been shut since January owing to cracks in a pier, adding: "Nobody expected the centre \
to go first."

Dating from 1874, the crossing was used by roughly 4,200 vehicles daily. Inspectors judged it poor in 2019 and estimated repairs \
at 6.3 million pounds, yet councillors twice voted to postpone the work.

Around 860 residents of the villages are affected. A temporary crossing should be put in place by the army by Friday, while \
Dunmore School's pupils will take lessons in the parish hall.

The council will have to answer for the decision, said Peter Vaughan, a councillor who had opposed the delay, and who thinks that a \
public inquiry is likely.
"""

INDEPENDENT = """Villagers woken by roar as old bridge falls

Margaret Tully thought a lorry had hit her house. "It was like thunder that did not stop," the 71-year-old said on Tuesday, \
standing at the police tape fifty yards from what used to be Kerrigan bridge.

The landmark fell into the swollen Arle overnight. Firefighters who arrived from Castleby within a quarter of an hour checked both \
banks with lamps and heard no cries.

"Nobody expected the centre to go first," Helen Strand, the chief engineer, said at a news conference in Castleby.

For Tully's son Owen, who drives milk from Fell Cross, the detour over the moor means ninety minutes each way. Farmers asked the \
government on Tuesday for diesel subsidies, and the Farmers' Union set up a telephone line.

Kerrigan's pub, the Salmon, gave out soup. Its landlord said that talk of repairs had gone on for as long as he could remember.
"""

UNRELATED = """Rowers win first title in twelve years

Castleby Rowing Club took the regional eights on Saturday for the first time in twelve years, beating Harrow Green by half a length \
in a race that was decided in its last two hundred metres.

The crew, coached by Joan Abbott, had trained on a reservoir all winter because their boathouse was being rebuilt. "They earned \
every stroke of it," Abbott said.

The women's four finished third. The season goes on with the lake regatta in May, for which nineteen clubs have entered.
"""

GARDEN = """The city council of Harlow Bay voted on Monday to turn the abandoned railway yard on Quay Street into a public garden, \
ending a dispute that had lasted eleven years.

The plan, drawn up by the architect Nadia Ferris, keeps the old signal box and two of the sheds. It will cost 4.6 million \
pounds, of which a lottery fund pays half.

Residents had fought a proposal by the developer Crown and Mercer to put up 180 flats on the land. The firm withdrew in \
March after soil tests showed oil and lead.

"We waited a long time for this," said Joan Petty, who leads the neighbourhood association. She said that children would \
at last have somewhere to play.

Councillor Mark Tilley was one of three who voted against. He argued that the town needs homes more than flower beds, and \
warned that cleaning the ground could double the price.

Work is to begin in October and should take eighteen months. Volunteers will be asked to plant 2,000 trees, most of them \
birch and alder, which cope with poor soil.

The yard closed in 1996, when the last freight train left. Since then it has been used by dog walkers and, twice, by a \
travelling circus.
"""

GARDEN_AGAIN = """Eleven years of quarrelling came to an end in Harlow Bay this Monday, when elected members decided that derelict train \
sidings beside Quay Street should become a park open to everybody.

Nadia Ferris, who designed the scheme, intends to preserve a pair of buildings as well as the historic cabin from which \
signals were operated. Half of the 4.6 million pounds needed comes out of lottery money.

Crown and Mercer, a property company, once hoped to build 180 apartments there, against fierce local opposition. It gave \
up in March upon learning that lead and oil had contaminated the site.

For Joan Petty, chair of a group representing people who live nearby, patience has paid off; youngsters finally get a \
place of their own, she believes.

Not everyone agreed. Mark Tilley and two colleagues rejected the idea: housing matters more than greenery, in his view, \
and making the earth safe might cost twice as much as expected.

Gardeners start in October, with completion foreseen a year and a half later. Helpers are wanted for putting in 2,000 \
saplings, chiefly alder and birch, since these species tolerate bad conditions.

Goods traffic ended in 1996. Afterwards only owners exercising their pets came by, and on two occasions a big top was \
pitched.
"""
