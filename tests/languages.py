"""A story, a light edit of it and another story in seventeen languages and twelve scripts; our own sentences."""

from __future__ import annotations

STORIES: dict[str, tuple[list[str], tuple[str, str], list[str]]] = {
    "english": (
        [
            "The ferry between Harlow and the island of Brae stopped on Sunday because a crack was found in its rudder.",
            "The captain noticed a strange noise shortly after leaving the harbour and turned back with sixty passengers on board.",
            "“We did not want to take any risk at all,” said Ruth Calder, who runs the shipping company.",
            "Engineers from the yard in Torrin will examine the vessel on Tuesday, and a smaller boat carries food until then.",
            "About four hundred people live on the island, most of them fishermen and their families.",
            "The school will stay closed for the rest of the week, the mayor announced.",
        ],
        ("examine", "inspect"),
        [
            "A choir of retired miners has won the national singing contest in the old concert hall of Wexham.",
            "The jury praised the deep voices and a song about the closing of the last pit.",
            "Its conductor, a former teacher of music, founded the group eleven years ago in a kitchen.",
            "The prize money is to pay for new chairs and for a journey to a festival in Wales next summer.",
            "Young singers are welcome too, he added with a smile.",
        ],
    ),
    "spanish": (
        [
            "El puente de madera sobre el río Alba quedó cerrado el lunes después de que un camión rompiera dos vigas.",
            "El conductor, que transportaba aceitunas, no vio la señal que limita el peso a tres toneladas.",
            "«Llevamos años pidiendo una obra nueva», dijo Carmen Olmedo, alcaldesa de Valdeflores.",
            "Los técnicos de la provincia revisarán la estructura el jueves y decidirán si puede repararse antes del otoño.",
            "Mientras tanto, los vecinos tendrán que dar un rodeo de veinte kilómetros para llegar al mercado.",
            "La escuela ha pedido un autobús adicional para los niños de las aldeas.",
        ],
        ("revisarán", "examinarán"),
        [
            "Una panadera de Castro Viejo ha horneado la empanada más larga de la comarca, con casi cien metros de masa.",
            "Más de doscientas personas ayudaron a llevarla desde el horno hasta la plaza mayor.",
            "El relleno de atún y pimientos se preparó durante toda la noche en la cocina del colegio.",
            "El dinero recaudado servirá para arreglar el tejado de la biblioteca municipal.",
        ],
    ),
    "french": (
        [
            "Le phare de Kerlaouen restera éteint jusqu'à vendredi, car la foudre a détruit son moteur principal.",
            "Le gardien a entendu une explosion dans la nuit de samedi, puis toutes les lampes se sont coupées.",
            "« Je n'avais jamais vu une telle lumière dans l'escalier », a déclaré Yann Tréguier, qui y travaille depuis trente ans.",
            "Des techniciens venus de Brest remplaceront les câbles mercredi si la mer le permet.",
            "Les pêcheurs ont été avertis par radio et doivent éviter les rochers situés à l'ouest de l'île.",
            "La visite du phare est annulée pour tout le mois de juin.",
        ],
        ("remplaceront", "changeront"),
        [
            "Une classe de Montferrand a découvert une mosaïque romaine en plantant des pommiers derrière son école.",
            "Les élèves ont d'abord cru qu'il s'agissait de morceaux de carrelage sans valeur.",
            "Une archéologue a reconnu le dessin d'un dauphin bleu entouré de feuilles.",
            "Le musée de la ville veut montrer la trouvaille au public dès le printemps prochain.",
        ],
    ),
    "german": (
        [
            "Die Zahnradbahn auf den Hohenstein fährt seit Montag nicht mehr, weil ein Baum die Oberleitung zerrissen hat.",
            "Der Sturm hatte in der Nacht Böen von hundertdreißig Stundenkilometern erreicht und viele Fichten umgeworfen.",
            "„Zum Glück war kein Zug unterwegs“, sagte Betriebsleiterin Anke Rotermund am Mittag.",
            "Monteure aus Freiburg sollen den Draht bis Donnerstag erneuern, danach folgt eine Probefahrt.",
            "Die Gäste des Berghotels wurden mit Geländewagen der Feuerwehr ins Tal gebracht.",
            "Für die Wanderwege gilt weiterhin eine dringende Warnung.",
        ],
        ("erneuern", "ersetzen"),
        [
            "Ein Imker aus Lindenau hat auf dem Dach des Rathauses den süßesten Honig des Landes geerntet.",
            "Die Jury kostete mehr als dreihundert Gläser und lobte den Duft nach Linden und Klee.",
            "Seine Bienen leben seit vier Jahren zwischen zwei Schornsteinen und stören niemanden.",
            "Im nächsten Frühling sollen Schulkinder beim Schleudern helfen dürfen.",
        ],
    ),
    "italian": (
        [
            "La funivia di Monte Serra è ferma da domenica perché una valanga ha piegato il secondo pilone.",
            "Nessuno si trovava nelle cabine quando la neve è scesa, poco prima dell'alba.",
            "«Abbiamo sentito un boato lunghissimo», ha detto Paolo Bertani, che gestisce il rifugio.",
            "Gli ingegneri della regione controlleranno i cavi giovedì e decideranno quando riaprire l'impianto.",
            "Trenta turisti sono scesi a piedi con le guide alpine e stanno tutti bene.",
            "L'albergo in cima resterà chiuso almeno fino a Pasqua.",
        ],
        ("controlleranno", "esamineranno"),
        [
            "Un liutaio di Borgo Antico ha costruito un violino con il legno di una vecchia barca da pesca.",
            "Lo strumento è stato suonato per la prima volta nella chiesa di San Rocco davanti a duecento persone.",
            "Il suono, secondo la critica, ricorda quello dei violini del Settecento.",
            "L'artigiano vuole regalarlo alla scuola di musica del paese.",
        ],
    ),
    "russian": (
        [
            "Паром через реку Светлую не ходит с воскресенья, потому что лёд повредил его гребной винт.",
            "Капитан услышал сильный удар у левого берега и сразу повернул назад к пристани.",
            "«Мы не могли рисковать людьми», — сказала Ольга Ветрова, директор пароходства.",
            "Мастера из областного центра осмотрят судно в среду, а хлеб пока привозят на вездеходе.",
            "В посёлке на другом берегу живут около девятисот человек, в основном рыбаки и лесники.",
            "Занятия в школе отменены до конца недели.",
        ],
        ("осмотрят", "проверят"),
        [
            "Пенсионер из деревни Заречье собрал в сарае телескоп и открыл на нём неизвестную прежде комету.",
            "Зеркало он шлифовал вручную почти два года, пользуясь старыми журналами.",
            "Астрономы обсерватории подтвердили наблюдение и предложили назвать находку именем его внучки.",
            "Теперь по вечерам к нему приходят школьники со всего района.",
        ],
    ),
    "ukrainian": (
        [
            "Старий млин у селі Калинівка згорів у ніч на понеділок через несправну проводку.",
            "Сусіди побачили дим близько третьої години і викликали рятувальників із районного центру.",
            "«Ми врятували лише жорна та кілька мішків борошна», — розповів мірошник Данило Гук.",
            "Слідчі оглянуть рештки будівлі у четвер, після чого громада вирішить, чи відбудовувати її.",
            "Млин працював понад сто двадцять років і пережив дві великі повені.",
            "Місцевий музей уже попросив зберегти дерев'яне колесо.",
        ],
        ("оглянуть", "обстежать"),
        [
            "Учениця з Полтави вишила найдовший рушник області, на якому зображено сорок різних птахів.",
            "Робота тривала півтора року, нитки для неї фарбували корою дуба та лушпинням цибулі.",
            "Журі фестивалю присудило дівчині головну нагороду та поїздку до Карпат.",
            "Рушник можна буде побачити в бібліотеці протягом усієї зими.",
        ],
    ),
    "greek": (
        [
            "Το πλοίο που συνδέει τη Μικρή Νήσο με τον Πειραιά έμεινε στο λιμάνι την Κυριακή λόγω βλάβης στη μηχανή.",
            "Ο πλοίαρχος είδε καπνό στο μηχανοστάσιο και ζήτησε από τους επιβάτες να αποβιβαστούν.",
            "«Δεν κινδύνευσε κανείς», δήλωσε η Ελένη Μαυρίδη, εκπρόσωπος της εταιρείας.",
            "Οι μηχανικοί θα ελέγξουν το σκάφος την Τετάρτη και ένα μικρότερο πλοίο θα μεταφέρει τρόφιμα.",
            "Στο νησί ζουν περίπου πεντακόσιοι άνθρωποι, οι περισσότεροι ψαράδες και κτηνοτρόφοι.",
            "Το δημοτικό σχολείο θα μείνει κλειστό όλη την εβδομάδα.",
        ],
        ("ελέγξουν", "εξετάσουν"),
        [
            "Μια ομάδα νέων από τη Λάρισα μετέτρεψε ένα παλιό εργοστάσιο ζάχαρης σε θέατρο με τριακόσιες θέσεις.",
            "Τα καθίσματα φτιάχτηκαν από ξύλινα κιβώτια και η σκηνή από σιδερένιες ράγες.",
            "Στην πρώτη παράσταση παίχτηκε μια κωμωδία του Αριστοφάνη με ζωντανή μουσική.",
            "Τα έσοδα θα δοθούν για την αγορά βιβλίων.",
        ],
    ),
    "arabic": (
        [
            "أغلقت السلطات الجسر الخشبي فوق وادي النخيل يوم الأحد بعد أن جرفت السيول اثنين من أعمدته.",
            "وكان سائق شاحنة محملة بالتمر قد شاهد الشقوق عند الفجر وأبلغ الشرطة على الفور.",
            "وقالت ليلى المنصوري مديرة الطرق في المحافظة: «لم نكن نريد أن نغامر بحياة الناس».",
            "وسيفحص المهندسون الأساسات يوم الأربعاء قبل أن يقرروا موعد إعادة الفتح.",
            "ويعيش في القرى الواقعة خلف الوادي نحو سبعمئة شخص يعمل أكثرهم في الزراعة.",
            "وأعلنت المدرسة أنها ستبقى مغلقة حتى نهاية الأسبوع.",
        ],
        ("وسيفحص", "وسيعاين"),
        [
            "فازت طالبة من مدينة الميناء بجائزة الاختراع عن جهاز صغير يحول ضجيج الشارع إلى كهرباء.",
            "واستغرق تصميم النموذج الأول عامين كاملين في مختبر الجامعة.",
            "وأشادت لجنة التحكيم ببساطة الفكرة وانخفاض كلفتها.",
            "وتأمل المخترعة أن تضيء بجهازها مصابيح الحدائق العامة.",
        ],
    ),
    "hindi": (
        [
            "सोनपुर गाँव को शहर से जोड़ने वाली नाव सेवा रविवार को बंद हो गई क्योंकि नाव की पतवार टूट गई थी।",
            "नाविक ने बीच नदी में तेज़ आवाज़ सुनी और साठ यात्रियों के साथ तुरंत किनारे लौट आया।",
            "“हम किसी की जान जोखिम में नहीं डाल सकते थे,” कंपनी की निदेशक मीरा चौधरी ने कहा।",
            "इंजीनियर बुधवार को नाव की जाँच करेंगे और तब तक एक छोटी नाव राशन पहुँचाएगी।",
            "गाँव में लगभग चार सौ परिवार रहते हैं जिनमें से ज़्यादातर किसान और मछुआरे हैं।",
            "विद्यालय पूरे सप्ताह बंद रहेगा, सरपंच ने बताया।",
        ],
        ("जाँच", "पड़ताल"),
        [
            "रामगढ़ की एक शिक्षिका ने पुराने रेल के डिब्बे को बच्चों के पुस्तकालय में बदल दिया है।",
            "उसमें दो हज़ार किताबें हैं जिन्हें आसपास के लोगों ने दान किया।",
            "हर शाम वहाँ कहानियाँ सुनाई जाती हैं और चित्र बनाए जाते हैं।",
            "अगले वर्ष दूसरा डिब्बा भी सजाने की योजना है।",
        ],
    ),
    "chinese": (
        [
            "连接青石岛和大陆的渡轮星期日停航，因为船员在船舵上发现了一道裂缝。",
            "船长离港不久便听到奇怪的响声，随即带着六十名乘客返回码头。",
            "“我们不愿意冒任何风险。”航运公司负责人林秋月说。",
            "船厂的工程师将在星期三检查船体，在此之前由一艘小船运送粮食和蔬菜。",
            "岛上大约住着四百人，大多数是渔民和他们的家属。",
            "镇长宣布学校本周余下的时间停课。",
        ],
        ("检查", "查验"),
        [
            "一群退休矿工组成的合唱团在老音乐厅举行的全国歌唱比赛中获得冠军。",
            "评委称赞他们低沉的嗓音以及一首关于矿井关闭的歌曲。",
            "指挥曾是音乐教师，十一年前在自家厨房里创办了这个团体。",
            "奖金将用来购买新椅子，并支付明年夏天参加艺术节的路费。",
        ],
    ),
    "japanese": (
        [
            "白浜島と本土を結ぶフェリーは日曜日、舵に亀裂が見つかったため運航を取りやめた。",
            "船長は出港して間もなく異様な音に気づき、乗客六十人を乗せたまま港へ引き返した。",
            "「少しの危険も冒したくなかった」と、海運会社の高瀬みどり社長は話した。",
            "造船所の技術者が水曜日に船体を調査し、それまでは小型船が食料を運ぶことになっている。",
            "島にはおよそ四百人が暮らしており、その多くは漁師とその家族である。",
            "村長によると、小学校は今週いっぱい休校となる。",
        ],
        ("調査", "点検"),
        [
            "元炭鉱労働者たちの合唱団が、古い音楽堂で開かれた全国大会で優勝した。",
            "審査員は深みのある声と、最後の坑道の閉鎖を歌った曲を高く評価した。",
            "指揮者は音楽の元教師で、十一年前に自宅の台所でこの団体を結成した。",
            "賞金は新しい椅子と、来年夏の音楽祭への旅費に充てられる。",
        ],
    ),
    "korean": (
        [
            "솔섬과 육지를 잇는 여객선이 방향타에서 균열이 발견되어 일요일 운항을 중단했다.",
            "선장은 출항 직후 이상한 소리를 듣고 승객 예순 명을 태운 채 항구로 되돌아왔다.",
            "“조금의 위험도 감수하고 싶지 않았습니다”라고 해운 회사 대표 한서윤 씨가 말했다.",
            "조선소 기술자들이 수요일에 선체를 조사하며 그때까지는 작은 배가 식량을 실어 나른다.",
            "섬에는 약 사백 명이 살고 있으며 대부분 어부와 그 가족이다.",
            "면장은 학교가 이번 주 내내 문을 닫는다고 발표했다.",
        ],
        ("조사하며", "점검하며"),
        [
            "은퇴한 광부들로 이루어진 합창단이 오래된 음악당에서 열린 전국 노래 대회에서 우승했다.",
            "심사위원들은 깊은 목소리와 마지막 갱도의 폐쇄를 다룬 노래를 칭찬했다.",
            "지휘자는 전직 음악 교사로 십일 년 전 부엌에서 이 모임을 만들었다.",
            "상금은 새 의자를 사고 내년 여름 축제에 가는 데 쓰일 예정이다.",
        ],
    ),
    "thai": (
        [
            "เรือข้ามฟากระหว่างท่าเรือฮาร์โลว์กับเกาะเบรหยุดเดินเมื่อวันอาทิตย์เพราะพบรอยร้าวที่หางเสือ",
            "กัปตันได้ยินเสียงผิดปกติหลังออกจากท่าไม่นานจึงหันเรือกลับพร้อมผู้โดยสารหกสิบคน",
            "“เราไม่อยากเสี่ยงแม้แต่น้อย” เจ้าของบริษัทเดินเรือกล่าวกับผู้สื่อข่าว",
            "ช่างจากอู่ต่อเรือจะตรวจสอบตัวเรือในวันพุธ ระหว่างนี้เรือเล็กจะขนอาหารไปให้ชาวเกาะ",
            "บนเกาะมีคนอาศัยอยู่ราวสี่ร้อยคน ส่วนใหญ่เป็นชาวประมงและครอบครัว",
            "นายกเทศมนตรีประกาศว่าโรงเรียนจะปิดตลอดทั้งสัปดาห์",
        ],
        ("ตรวจสอบ", "สำรวจ"),
        [
            "คณะนักร้องประสานเสียงของอดีตคนงานเหมืองชนะการประกวดร้องเพลงระดับชาติในหอแสดงดนตรีเก่า",
            "กรรมการชื่นชมเสียงทุ้มและบทเพลงที่เล่าถึงวันปิดเหมืองแห่งสุดท้าย",
            "ผู้อำนวยเพลงเป็นอดีตครูสอนดนตรีที่ก่อตั้งวงนี้ในห้องครัวของตนเมื่อสิบเอ็ดปีก่อน",
            "เงินรางวัลจะนำไปซื้อเก้าอี้ใหม่และเดินทางไปร่วมเทศกาลในฤดูร้อนหน้า",
        ],
    ),
    "lao": (
        [
            "ເຮືອຂ້າມຟາກໄປເກາະຢຸດແລ່ນໃນວັນອາທິດເພາະພົບຮອຍແຕກຢູ່ຫາງເສືອ",
            "ນາຍເຮືອໄດ້ຍິນສຽງແປກຫຼັງຈາກອອກທ່າແລະກັບຄືນພ້ອມຜູ້ໂດຍສານຫົກສິບຄົນ",
            "“ພວກເຮົາບໍ່ຢາກສ່ຽງແມ່ນແຕ່ໜ້ອຍດຽວ” ເຈົ້າຂອງບໍລິສັດກ່າວຕໍ່ນັກຂ່າວ",
            "ຊ່າງຈາກອູ່ຕໍ່ເຮືອຈະກວດກາເຮືອໃນວັນພຸດ ໃນລະຫວ່າງນີ້ເຮືອນ້ອຍຈະຂົນອາຫານໄປໃຫ້",
            "ຢູ່ເກາະມີຄົນອາໄສປະມານສີ່ຮ້ອຍຄົນ ສ່ວນຫຼາຍເປັນຊາວປະມົງແລະຄອບຄົວ",
            "ນາຍບ້ານປະກາດວ່າໂຮງຮຽນຈະປິດຕະຫຼອດອາທິດ",
        ],
        ("ກວດກາ", "ສຳຫຼວດ"),
        [
            "ວົງຮ້ອງເພງຂອງອະດີດຄົນງານບໍ່ແຮ່ຊະນະການປະກວດລະດັບຊາດໃນຫໍດົນຕີເກົ່າ",
            "ຄະນະກຳມະການຍ້ອງຍໍສຽງທີ່ເລິກແລະເພງກ່ຽວກັບການປິດບໍ່ແຮ່ສຸດທ້າຍ",
            "ຜູ້ນຳວົງແມ່ນອະດີດຄູສອນດົນຕີທີ່ຕັ້ງວົງນີ້ເມື່ອສິບເອັດປີກ່ອນ",
            "ເງິນລາງວັນຈະຊື້ຕັ່ງໃໝ່ແລະເດີນທາງໄປງານບຸນໃນລະດູຮ້ອນໜ້າ",
        ],
    ),
    "khmer": (
        [
            "សាឡាងទៅកោះបានឈប់ដំណើរការនៅថ្ងៃអាទិត្យ ព្រោះគេរកឃើញស្នាមប្រេះនៅលើចង្កូត។",
            "នាយនាវាបានឮសំឡេងចម្លែកក្រោយពេលចេញពីកំពង់ផែ ហើយបានត្រឡប់មកវិញជាមួយអ្នកដំណើរហុកសិបនាក់។",
            "“យើងមិនចង់ប្រថុយសូម្បីតែបន្តិច” ម្ចាស់ក្រុមហ៊ុនបាននិយាយប្រាប់អ្នកកាសែត។",
            "ជាងមកពីរោងជាងនឹងត្រួតពិនិត្យសាឡាងនៅថ្ងៃពុធ ហើយទូកតូចមួយនឹងដឹកអាហារទៅឱ្យ។",
            "មានមនុស្សប្រហែលបួនរយនាក់រស់នៅលើកោះ ភាគច្រើនជាអ្នកនេសាទ និងគ្រួសាររបស់ពួកគេ។",
            "មេឃុំបានប្រកាសថាសាលារៀននឹងបិទពេញមួយសប្ដាហ៍។",
        ],
        ("ត្រួតពិនិត្យ", "ពិនិត្យមើល"),
        [
            "ក្រុមចម្រៀងរបស់អតីតកម្មកររ៉ែបានឈ្នះការប្រកួតចម្រៀងថ្នាក់ជាតិនៅក្នុងសាលតន្ត្រីចាស់។",
            "គណៈកម្មការបានសរសើរសំឡេងជ្រៅ និងបទចម្រៀងអំពីការបិទអណ្ដូងរ៉ែចុងក្រោយ។",
            "អ្នកដឹកនាំជាអតីតគ្រូតន្ត្រីដែលបានបង្កើតក្រុមនេះកាលពីដប់មួយឆ្នាំមុន។",
            "ប្រាក់រង្វាន់នឹងទិញកៅអីថ្មី និងធ្វើដំណើរទៅមហោស្រពនៅរដូវក្ដៅក្រោយ។",
        ],
    ),
    "burmese": (
        [
            "ကျွန်းသို့ သွားသော ကူးတို့သင်္ဘောသည် ပဲ့တွင် အက်ကြောင်းတွေ့သဖြင့် တနင်္ဂနွေနေ့က ရပ်နားခဲ့သည်။",
            "ကပ္ပတိန်သည် ဆိပ်ကမ်းမှ ထွက်ပြီးနောက် ထူးဆန်းသောအသံကြားသဖြင့် ခရီးသည်ခြောက်ဆယ်နှင့်အတူ ပြန်လှည့်ခဲ့သည်။",
            "“ကျွန်တော်တို့ အန္တရာယ်လုံးဝမယူချင်ပါ” ဟု ကုမ္ပဏီပိုင်ရှင်က သတင်းထောက်များကို ပြောသည်။",
            "သင်္ဘောကျင်းမှ ပညာရှင်များက ဗုဒ္ဓဟူးနေ့တွင် စစ်ဆေးမည်ဖြစ်ပြီး လှေငယ်တစ်စီးက အစားအစာများ ပို့ပေးမည်။",
            "ကျွန်းပေါ်တွင် လူလေးရာခန့် နေထိုင်ပြီး အများစုမှာ ငါးဖမ်းသမားများနှင့် မိသားစုများ ဖြစ်သည်။",
            "ကျောင်းကို တစ်ပတ်လုံး ပိတ်ထားမည်ဟု မြို့တော်ဝန်က ကြေညာခဲ့သည်။",
        ],
        ("စစ်ဆေး", "ကြည့်ရှု"),
        [
            "အငြိမ်းစား သတ္တုတွင်းလုပ်သားများ၏ သီချင်းအဖွဲ့သည် ဂီတခန်းမဟောင်းတွင် ကျင်းပသော ပြိုင်ပွဲ၌ အနိုင်ရခဲ့သည်။",
            "ဒိုင်လူကြီးများက နက်ရှိုင်းသောအသံများနှင့် နောက်ဆုံးတွင်းပိတ်ခြင်းအကြောင်း တေးကို ချီးမွမ်းကြသည်။",
            "အဖွဲ့ခေါင်းဆောင်မှာ ဂီတဆရာဟောင်းဖြစ်ပြီး လွန်ခဲ့သော ဆယ့်တစ်နှစ်က မီးဖိုခန်းတွင် စတင်ခဲ့သည်။",
            "ဆုငွေဖြင့် ကုလားထိုင်အသစ်များ ဝယ်ပြီး လာမည့်နွေရာသီ ပွဲတော်သို့ သွားမည်။",
        ],
    ),
    "kana": (
        [
            "しまとりくをむすぶふねが、かじにひびがみつかったため、にちようびにうんこうをやめました。",
            "せんちょうは、みなとをでてすぐへんなおとにきづき、ろくじゅうにんをのせたままひきかえしました。",
            "「すこしのきけんもおかしたくなかった」と、かいしゃのしゃちょうははなしています。",
            "ぞうせんじょのぎしが、すいようびにふねをしらべ、それまではちいさなふねがたべものをはこびます。",
            "しまにはおよそよんひゃくにんがくらし、おおくはりょうしとそのかぞくです。",
            "がっこうはこんしゅうずっとやすみになると、そんちょうがつたえました。",
        ],
        ("しらべ、", "みてまわり、"),
        [
            "もとたんこうふのがっしょうだんが、ふるいおんがくどうのたいかいでゆうしょうしました。",
            "しんさいんは、ふかいこえと、さいごのこうどうをうたったきょくをほめました。",
            "しきしゃはむかしおんがくをおしえていて、じゅういちねんまえにじたくでつくりました。",
            "しょうきんはあたらしいいすと、らいねんなつのたびにつかわれるということです。",
        ],
    ),
}
"""By language: the story's sentences, a word and what an editor puts for it, and the other story's sentences."""

UNSPACED = ("chinese", "japanese", "kana")


def texts(language: str) -> dict[str, str]:
    """The story, a version without its fifth sentence and with a word exchanged, and the other story."""
    story, (word, exchanged), other = STORIES[language]
    edited = [each.replace(word, exchanged) for at, each in enumerate(story) if at != 4]
    assert edited != [each for at, each in enumerate(story) if at != 4]
    gap = "" if language in UNSPACED else " "

    def laid_out(sentences: list[str]) -> str:
        return "\n\n".join(gap.join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)) + "\n"

    return {"story": laid_out(story), "edited": laid_out(edited), "other": laid_out(other)}
