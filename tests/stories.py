"""Stories of our own for the tests: a report, rewrites of it, an independent report of the same event; and stories put into
other words so thoroughly that hardly anything but their names and numbers stays, one of them in another tone."""

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

FACTORY = """Corvane Foods, the maker of Sunmill breakfast cereals, will close its factory in Ashdown Cross next summer with the loss \
of 410 jobs and move production to Poland, the company said on Monday.

The plant, which opened in 1968, makes 90 million boxes of cereal a year, about a third of everything that Corvane sells \
in Britain. Its ovens run on gas and would cost £55 million to replace, according to the chief executive, Priya Raman. “We \
have looked at eleven different plans for keeping Ashdown Cross, and none of them gives us a business that can pay its way \
in 2030,” she said.

Output will be moved in stages between April and August to a site near Łódź that Corvane bought in 2021. A smaller factory \
in Perth, which employs 120 people, is not affected.

Workers were told at a meeting in the canteen at 7am, before the start of the early shift. Dave Tunnicliffe, of the union \
Allied Food Workers, said that staff had accepted a pay freeze two years ago in return for a promise of investment. “They \
took the freeze and kept the money,” he said, adding that members would be balloted on industrial action.

Corvane's sales fell by 6 per cent to £1.2 billion in the year to September as shoppers turned to supermarkets' own \
brands, while energy bills at Ashdown Cross doubled. The closure will bring a charge of £38 million and save £24 million a \
year from 2026. The company's shares rose 3.4 per cent to 212p.

The local member of parliament, Helen Abara, called the decision devastating for a town of 14,000 people in which one \
household in ten depends on the factory. She has asked for a meeting with the business secretary. The company said that it \
would pay for retraining and that the 17-hectare site would be offered for housing.
"""

FACTORY_IN_A_SHRILL_TONE = """BREAKFAST BLOODBATH! Sunmill bosses have dropped a bombshell on a stunned town by axing an iconic cereal factory and \
shipping the lot off to Poland – wiping out 410 jobs at a stroke.

Shattered workers at Ashdown Cross were herded into the canteen at dawn on Monday to be told their beloved plant, churning \
out a mind-boggling 90 million boxes a year since the swinging Sixties, is toast.

Corvane Foods supremo Priya Raman insisted that eleven rescue plans had all gone up in smoke, blaming clapped-out gas \
ovens that would swallow an eye-watering £55 million. But livid union chief Dave Tunnicliffe was having none of it. “They \
took the freeze and kept the money,” he fumed, recalling how loyal staff swallowed a wage clampdown in exchange for hollow \
promises. A strike vote now looms.

While families reel, fat-cat investors are cashing in: shares rocketed 3.4 per cent as the firm bragged of £24 million in \
annual savings. Sales have been hammered by cut-price supermarket rivals, plunging 6 per cent to £1.2 billion, and fuel \
bills have exploded.

Production starts vanishing to a plant outside Łódź in April. Only Perth, with its 120 staff, escapes the axe.

Outraged MP Helen Abara warned the hammer blow could rip the heart out of a community of 14,000, and is demanding a \
showdown with the business secretary. As a final insult, the sprawling 17-hectare site could be bulldozed for houses.
"""

# Sentence by sentence, in other words.
FERRY = (
    "Divers found the bell of the ferry Halcyon on Tuesday, forty metres down.",
    "A fisherman had snagged his nets there in March and told the harbour office.",
    "The museum at Port Ellis wants to clean it over the winter.",
    "Its curator, Ruth Amory, says the bronze is badly pitted.",
    "Nobody knows who owns the wreck.",
    "The ferry went down in 1931 with nineteen people aboard.",
)
FERRY_TOLD = (
    "The bell of the ferry Halcyon was found by divers on Tuesday at a depth of forty metres.",
    "It was a trawler that led them there, after it caught on something in March.",
    "Port Ellis hopes to have it cleaned at its museum over the winter.",
    "The metal has suffered, in the view of Ruth Amory.",
    "To whom the wreck belongs is a riddle.",
    "Nineteen passengers drowned when she sank in 1931.",
)
