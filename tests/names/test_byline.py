"""Bylines and datelines in the shapes that papers print; all lines and persons are invented."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsparse.names import byline, lexicon
from newsparse.names.byline import Credit
from newsparse.text import fold
from newsparse.words import vocab

VOCAB = vocab.shipped()


def read(text):
    return byline.read_byline(text, VOCAB)


def said(credit: Credit | None):
    assert credit is not None
    return list(credit.agencies), list(credit.authors), credit.location


PROVEN = {
    # agency and city, in either order, with every separator
    "القاهرة - رويترز": (["رويترز"], [], "القاهرة"),
    "رويترز - القاهرة": (["رويترز"], [], "القاهرة"),
    "عدن ـ رويترز": (["رويترز"], [], "عدن"),
    "طنجة: الأناضول": (["الأناضول"], [], "طنجة"),
    "تعز/ الأناضول": (["الأناضول"], [], "تعز"),
    "رويترز (بنغازي)": (["رويترز"], [], "بنغازي"),
    "وارسو : (د ب أ)": (["د ب أ"], [], "وارسو"),
    "السليمانية - (أ ف ب):": (["فرانس برس"], [], "السليمانية"),
    "حائل واس": (["واس"], [], "حائل"),
    "صنعاء-سبأ:": (["سبأ"], [], "صنعاء"),
    "المكلا - سبأ": (["سبأ"], [], "المكلا"),
    # abbreviations, however they are spaced
    "بيروت - أ.ف.ب": (["فرانس برس"], [], "بيروت"),
    "بيروت - أ. ف. ب.": (["فرانس برس"], [], "بيروت"),
    "بيروت - اف ب": (["فرانس برس"], [], "بيروت"),
    "وجدة - و م ع": (["و م ع"], [], "وجدة"),
    "وجدة - و.م.ع": (["و م ع"], [], "وجدة"),
    "(أ ش أ)": (["أ ش أ"], [], None),
    # an agency that is also a city
    "الدوحة - قنا": (["قنا"], [], "الدوحة"),
    "الدوحة /قنا/": (["قنا"], [], "الدوحة"),
    "قنا - سامح جرجس": ([], ["سامح جرجس"], "قنا"),
    # a person and a city
    "الرستاق - خالد البوسعيدي": ([], ["خالد البوسعيدي"], "الرستاق"),
    "خالد البوسعيدي - الرستاق": ([], ["خالد البوسعيدي"], "الرستاق"),
    "خالد البوسعيدي (الرستاق)": ([], ["خالد البوسعيدي"], "الرستاق"),
    "خالد البوسعيدي من الرستاق": ([], ["خالد البوسعيدي"], "الرستاق"),
    "نزوى: منى بنت سالم": ([], ["منى بنت سالم"], "نزوى"),
    "نزوى ـ من منى الكندي": ([], ["منى الكندي"], "نزوى"),
    "دبا: قزحيا الملاح": None,
    "صحار - قزحيا الملاح:": ([], ["قزحيا الملاح"], "صحار"),
    "نورة الشامسي (العين) n_shamsi@": ([], ["نورة الشامسي"], "العين"),
    # outlets: in quotes, by a name that is also a word, by their address
    "أوسلو: «الشرق الأوسط»": (["الشرق الأوسط"], [], "أوسلو"),
    "«الاقتصادية» من عنيزة": (["الاقتصادية"], [], "عنيزة"),
    "اليوم - عرعر": (["اليوم"], [], "عرعر"),
    "سكاكا – الوطن": (["الوطن"], [], "سكاكا"),
    "ريم العتيبي - سبق - الدوادمي:": (["سبق"], ["ريم العتيبي"], "الدوادمي"),
    "KHABAR.COM - مكتب فاس: سعيد الوزاني": (["KHABAR.COM"], ["سعيد الوزاني"], "فاس"),
    # lists
    "الكرك - إربد: «الشرق الأوسط» - العقبة: رائد الحمود": (["الشرق الأوسط"], ["رائد الحمود"], "الكرك - إربد"),
    "لاهاي، بروكسل: الأناضول، رويترز": (["الأناضول", "رويترز"], [], "لاهاي، بروكسل"),
    "رشيد صبري - هبة ناصر - د ب أ - المنيا": (["د ب أ"], ["رشيد صبري", "هبة ناصر"], "المنيا"),
    "صور: علي شمس، هادي قبلان": None,
    "صيدا: علي شمس، هادي قبلان": ([], ["علي شمس", "هادي قبلان"], "صيدا"),
    "زحلة: ريما الحاج وجورج نصار": ([], ["ريما الحاج", "جورج نصار"], "زحلة"),
    "فهد العلي من تبوك وريم الحربي من عرعر": ([], ["فهد العلي", "ريم الحربي"], "تبوك"),
    "عدن، تعز: محمد أبوالخير، أسماء وهبة، الوكالات": ([], ["محمد أبوالخير", "أسماء وهبة"], "عدن، تعز"),
    # desks name nobody
    "الحديدة: وكالات": ([], [], "الحديدة"),
    "الحديدة - متابعات": ([], [], "الحديدة"),
    "نواكشوط - مكتب الصحيفة": ([], [], "نواكشوط"),
    "رويترز - متابعات": (["رويترز"], [], None),
    "دمنهور - صوت البحيرة": ([], [], "دمنهور"),
    # credit words
    "كتب - بدر العنزي": ([], ["بدر العنزي"], None),
    "كتبت: ليلى الزين وهدى فرج": ([], ["ليلى الزين", "هدى فرج"], None),
    "كتب سامي بدران": ([], ["سامي بدران"], None),
    "كتبسامي بدران": ([], ["سامي بدران"], None),
    "بقلم: قزحيا": ([], ["قزحيا"], None),
    "بقلم الدكتور نادر شاهين ، خبير في علوم البحار": ([], ["نادر شاهين"], None),
    "إعداد: سلوى عبد ربه - خاص": ([], ["سلوى عبد ربه"], None),
    "حوار: ندى الخوري": ([], ["ندى الخوري"], None),
    "تقرير - مازن الآغا - نابلس": ([], ["مازن الآغا"], "نابلس"),
    "متابعة: هشام بوعزة": ([], ["هشام بوعزة"], None),
    "الخرج - ياسر المطيري/ تصوير - فهد الدوسري:": ([], ["ياسر المطيري"], "الخرج"),
    "ترجمة: سمر قباني": ([], ["سمر قباني"], None),
    "بقلم: بول أندرسن، ترجمة: سمر قباني": ([], ["بول أندرسن"], None),
    "المصدر: الجزيرة + وكالات": (["الجزيرة"], [], None),
    "المصدر: نوال حداد – الفجيرة": ([], ["نوال حداد"], "الفجيرة"),
    # other languages
    "By Grace Okoye and Tom Vale": ([], ["Grace Okoye", "Tom Vale"], None),
    "By GRACE OKOYE": ([], ["GRACE OKOYE"], None),
    "By Grace Okoye, Staff Writer": ([], ["Grace Okoye"], None),
    "By Grace Okoye, AP Medical Writer": (["أسوشيتد برس"], ["Grace Okoye"], None),
    "GRACE OKOYE, CNN Senior Analyst": (["سي إن إن"], ["GRACE OKOYE"], None),
    "By Grace Okoye, BBC Sport": (["بي بي سي"], ["Grace Okoye"], None),
    "سلوى عبد ربه، رويترز رياضة": (["رويترز"], ["سلوى عبد ربه"], None),
    "Tom Vale, Reuters": (["رويترز"], ["Tom Vale"], None),
    "Mehmet Yıldırım / KONYA": ([], ["Mehmet Yıldırım"], "KONYA"),
    "Haber: Mehmet Yıldırım": ([], ["Mehmet Yıldırım"], None),
    "Kaynak: AA": (["الأناضول"], [], None),
    "MERSİN (İHA)": (["إخلاص"], [], "MERSİN"),
    "Par Claire Aubin (avec AFP)": (["فرانس برس"], ["Claire Aubin"], None),
    "Von Jens Köhler, Berlin": ([], ["Jens Köhler"], "Berlin"),
    "Por Lucía Ferrer": ([], ["Lucía Ferrer"], None),
    "مشهد - ایرنا": (["إرنا"], [], "مشهد"),
    "نویسنده: مریم صادقی": ([], ["مریم صادقی"], None),
    "رپورٹ: احمد ندیم": ([], ["احمد ندیم"], None),
    "ملتان (ویب ڈیسک)": ([], [], "ملتان"),
    # more cities, papers and persons
    "المنامة - بنا": (["بنا"], [], "المنامة"),
    "الدمام - عبدالعزيز الغامدي": ([], ["عبدالعزيز الغامدي"], "الدمام"),
    "عبدالرحمن القحطاني (خميس مشيط)": ([], ["عبدالرحمن القحطاني"], "خميس مشيط"),
    "رأس الخيمة: سليمان الماحي": ([], ["سليمان الماحي"], "رأس الخيمة"),
    "أبوظبي - وام": (["وام"], [], "أبوظبي"),
    "خورفكان / وام /": (["وام"], [], "خورفكان"),
    "السويداء - سانا": (["سانا"], [], "السويداء"),
    "دير الزور - «عنب بلدي»": (["عنب بلدي"], [], "دير الزور"),
    "طرابلس - الوكالة الوطنية": (["الوكالة الوطنية للإعلام"], [], "طرابلس"),
    "بعلبك - حسين درويش": ([], ["حسين درويش"], "بعلبك"),
    "تطاوين - وات": (["وات"], [], "تطاوين"),
    "وهران - واج": (["واج"], [], "وهران"),
    "تيزي وزو: كريمة بن يوسف": ([], ["كريمة بن يوسف"], "تيزي وزو"),
    "العيون - ومع": (["و م ع"], [], "العيون"),
    "طهران - تسنيم": (["تسنيم"], [], "طهران"),
    "أصفهان - مهر": (["مهر"], [], "أصفهان"),
    "أهواز: رضا محمدي": ([], ["رضا محمدي"], "أهواز"),
    "ديار بكر - الأناضول": (["الأناضول"], [], "ديار بكر"),
    "غازي عنتاب/ محمد يلماز/ الأناضول": (["الأناضول"], ["محمد يلماز"], "غازي عنتاب"),
    "إسطنبول - عمر فاروق": ([], ["عمر فاروق"], "إسطنبول"),
    "كراتشي: محمد عثمان": ([], ["محمد عثمان"], "كراتشي"),
    "روالبندي - وكالات": ([], [], "روالبندي"),
    "خاص - غزة": ([], [], "غزة"),
    "غزة - خاص «صفا»": (["صفا"], [], "غزة"),
    "خان يونس - صفا": (["صفا"], [], "خان يونس"),
    "خان يونس - محمد الجمل": ([], ["محمد الجمل"], "خان يونس"),
    "جنين - معا": (["معا"], [], "جنين"),
    "متابعات - الخرطوم": ([], [], "الخرطوم"),
    "أم درمان - سونا": (["سونا"], [], "أم درمان"),
    "بورتسودان: آمنة الفاضل": ([], ["آمنة الفاضل"], "بورتسودان"),
    "القاهرة - محمود عبد الحليم وسارة فتحي": ([], ["محمود عبد الحليم", "سارة فتحي"], "القاهرة"),
    "كتبت- دينا الشافعي وأحمد منصور": ([], ["دينا الشافعي", "أحمد منصور"], None),
    "كتب: مصطفى السيد – تصوير: علي هاني": ([], ["مصطفى السيد"], None),
    "أسيوط - هبة الله عادل": ([], ["هبة الله عادل"], "أسيوط"),
    "الإسكندرية ـ رامي ياسين": ([], ["رامي ياسين"], "الإسكندرية"),
    "بني سويف- عمر عبدالمنعم": ([], ["عمر عبدالمنعم"], "بني سويف"),
    "سوهاج - أ ش أ": (["أ ش أ"], [], "سوهاج"),
    "إعداد وتقديم: رولا خرسا": ([], ["رولا خرسا"], None),
    "تقرير: نسرين صادق": ([], ["نسرين صادق"], None),
    "تقرير وتصوير: نسرين صادق": ([], ["نسرين صادق"], None),
    "حاوره: جمال بوزيدي": ([], ["جمال بوزيدي"], None),
    "حاورته: سهام العلوي": ([], ["سهام العلوي"], None),
    "أعده للنشر: سهام العلوي": ([], ["سهام العلوي"], None),
    "ترجمة: هيثم مناع - عن الغارديان": (["الغارديان"], ["هيثم مناع"], None),
    "ترجمة وتحرير: نون بوست": (["نون بوست"], [], None),
    "لندن - كميل الطويل": ([], ["كميل الطويل"], "لندن"),
    "واشنطن: علي بردى": ([], ["علي بردى"], "واشنطن"),
    "باريس - ميشال أبونجم": ([], ["ميشال أبونجم"], "باريس"),
    "موسكو - رائد جبر": ([], ["رائد جبر"], "موسكو"),
    "موسكو - تاس": (["تاس"], [], "موسكو"),
    "سبوتنيك - بكين": (["سبوتنيك"], [], "بكين"),
    "بكين - شينخوا": (["شينخوا"], [], "بكين"),
    "طوكيو - كيودو": (["كيودو"], [], "طوكيو"),
    "سيول - يونهاب": (["يونهاب"], [], "سيول"),
    "نيودلهي - رويترز، أ ف ب": (["رويترز", "فرانس برس"], [], "نيودلهي"),
    "عواصم – (رويترز – أ ف ب)": (["رويترز", "فرانس برس"], [], None),
    "أحمد فوزي-رام الله": ([], ["أحمد فوزي"], "رام الله"),
    "أيوب رضا- عمّان": ([], ["أيوب رضا"], "عمّان"),
    "بغداد/ واع": (["واع"], [], "بغداد"),
    "الموصل - شفق نيوز": (["شفق نيوز"], [], "الموصل"),
    "السليمانية- باسنيوز": (["باسنيوز"], [], "السليمانية"),
    "البصرة - المدى برس": (["المدى برس"], [], "البصرة"),
    "النجف – فاضل رشاد": ([], ["فاضل رشاد"], "النجف"),
    "الكويت - كونا": (["كونا"], [], "الكويت"),
    "كتب عبدالله العثمان:": ([], ["عبدالله العثمان"], None),
    "مسقط - العمانية": (["العمانية"], [], "مسقط"),
    "الأستانة - رويترز": (["رويترز"], [], "الأستانة"),
    "Istanbul - Hürriyet Daily News": (["حرييت"], [], "Istanbul"),
    "Mustafa Kaya / Ankara": ([], ["Mustafa Kaya"], "Ankara"),
    "Muhabir: Elif Şahin": ([], ["Elif Şahin"], None),
    "Yazar: Hakan Demir": ([], ["Hakan Demir"], None),
    "By Sarah Connolly in Beirut": ([], ["Sarah Connolly"], "Beirut"),
    "By Omar Haddad, Layla Aziz and Tim Roth": ([], ["Omar Haddad", "Layla Aziz", "Tim Roth"], None),
    "By James Whitfield | Staff Reporter": ([], ["James Whitfield"], None),
    "Written by Paula Grant": ([], ["Paula Grant"], None),
    "Reporting by Paula Grant; Editing by Tom Vale": ([], ["Paula Grant"], None),
    "Story by Paula Grant": ([], ["Paula Grant"], None),
    "Author: Paula Grant, Contributor": ([], ["Paula Grant"], None),
    "Par Jean-Luc Mercier": ([], ["Jean-Luc Mercier"], None),
    "Propos recueillis par Anne Leroux": ([], ["Anne Leroux"], None),
    "Par Anne Leroux et Marc Petit": ([], ["Anne Leroux", "Marc Petit"], None),
    "Von Peter Schmid und Anna Keller": ([], ["Peter Schmid", "Anna Keller"], None),
    "Autor: Peter Schmid": ([], ["Peter Schmid"], None),
    "Por Marta Ruiz y Juan Soler": ([], ["Marta Ruiz", "Juan Soler"], None),
    "تهران - مهر": (["مهر"], [], "تهران"),
    "خبرگزاری فارس - شیراز": (["فارس"], [], "شیراز"),
    "گزارش: زهرا احمدی": ([], ["زهرا احمدی"], None),
    "مترجم: علی کریمی": ([], ["علی کریمی"], None),
    "کراچی (اسٹاف رپورٹر)": ([], [], "کراچی"),
    "اسلام آباد (نمائندہ خصوصی)": ([], [], "اسلام آباد"),
    "تحریر: محمد حنیف": ([], ["محمد حنیف"], None),
    # several persons behind one credit word
    "كتب: سامر الخطيب، وخالد العمري": ([], ["سامر الخطيب", "خالد العمري"], None),
    "كتب: سامر الخطيب، خالد العمري، ونادر حمدان": ([], ["سامر الخطيب", "خالد العمري", "نادر حمدان"], None),
    "بقلم: سامر الخطيب ود. خالد العمري": ([], ["سامر الخطيب", "خالد العمري"], None),
    "بقلم: سامر الخطيب ود.خالد العمري": ([], ["سامر الخطيب", "خالد العمري"], None),
    "كتب: سامر الخطيب تصوير: خالد العمري": ([], ["سامر الخطيب"], None),
    "كتب: عبد الله النعماني، وعبدالله النعماني": ([], ["عبد الله النعماني"], None),
    "By ABBY STANTON, TOBY RHYS and RUBY COLE": ([], ["ABBY STANTON", "TOBY RHYS", "RUBY COLE"], None),
    "By IVAN PETROV and OLGA SMIRNOVA": ([], ["IVAN PETROV", "OLGA SMIRNOVA"], None),
    "By Tara Doane, MD and Lee Marsh": ([], ["Tara Doane", "Lee Marsh"], None),
    "By Tara Doane, M.D., and Lee Marsh, Ph.D.": ([], ["Tara Doane", "Lee Marsh"], None),
    # an outlet in no list is known by one of its words, and is no person
    "By Northern Broadcasting Corporation": ([], [], None),
    "By Harbour Weekly Magazine": ([], [], None),
    "By Tara Doane of the Harbour Times": ([], ["Tara Doane"], None),
    "By TARA DOANE Associated Press": (["أسوشيتد برس"], ["TARA DOANE"], None),
    "By Tara Doane Staff Writer": ([], ["Tara Doane"], None),
    "By Harbour Limited": ([], [], None),
    # a job behind the name
    "By Tara Doane News Reporter": ([], ["Tara Doane"], None),
    "By Tara Doane Lifestyle Writer": ([], ["Tara Doane"], None),
    "By Tara Doane, Senior Political Correspondent": ([], ["Tara Doane"], None),
    "By Tara Doane, Health Reporter, Reuters": (["رويترز"], ["Tara Doane"], None),
    "By Tara Doane Health Reporter and Lee Marsh Crime Writer": ([], ["Tara Doane", "Lee Marsh"], None),
    # a date behind the name
    "By Tara Doane | 3 hours ago": ([], ["Tara Doane"], None),
    "By Tara Doane — March 3, 2024": ([], ["Tara Doane"], None),
    # a name printed twice
    "كتب: سامر النعماني سامر النعماني": ([], ["سامر النعماني"], None),
    # other shapes of credits
    "بقلم✍️ سامر النعماني": ([], ["سامر النعماني"], None),
    "رأي: سامر النعماني": ([], ["سامر النعماني"], None),
    "راي:سامر النعماني": ([], ["سامر النعماني"], None),
    "لقاء وتصوير: سامر النعماني": ([], ["سامر النعماني"], None),
    "المتابعة ✍️: منى الحمود": ([], ["منى الحمود"], None),
    "سامر النعماني. رويترز": (["رويترز"], ["سامر النعماني"], None),
    "سامر النعماني ترجمة": ([], ["سامر النعماني"], None),
    "1029695246أ ش أ": (["أ ش أ"], [], None),
    "BALIKESİR (A.A)": (["الأناضول"], [], "BALIKESİR"),
}


def test_an_outlet_whose_name_ends_in_today_is_no_place_beside_an_agency():
    assert said(read("تبوك - سوريا اليوم")) == ([], [], "تبوك")
    assert said(read("الدمام - اليوم")) == (["اليوم"], [], "الدمام")


@pytest.mark.parametrize("line", [line for line, want in PROVEN.items() if want])
def test_a_byline_is_read(line):
    credit = read(line)
    assert said(credit) == PROVEN[line]
    assert credit.certain
    assert credit.printed == line


POSSIBLE = {
    "بدر العنزي": ([], ["بدر العنزي"], None),
    "د. نادر بن سعد شاهين": ([], ["نادر بن سعد شاهين"], None),
    "أ.د. نادر شاهين": ([], ["نادر شاهين"], None),
    "د.نادر شاهين": ([], ["نادر شاهين"], None),
    "العميد الركن قزحيا بن فارس": ([], ["قزحيا بن فارس"], None),
    "قزحيا الملاح": ([], ["قزحيا الملاح"], None),
    "Grace Okoye": ([], ["Grace Okoye"], None),
    "Grace Okoye | Tom Vale": ([], ["Grace Okoye", "Tom Vale"], None),
    "AFP": (["فرانس برس"], [], None),
    "كونا": (["كونا"], [], None),
    "قنا": (["قنا"], [], None),
    "فريق التحرير": ([], [], None),
    "الصدى – عرعر": ([], [], "عرعر"),
    "الوطن اليوم - الرباط": ([], [], "الرباط"),  # neither «الوطن» nor «اليوم»
    "5 أيار/ خاص": ([], [], None),
    "لندن: «مجلة البحيرة»": (["مجلة البحيرة"], [], "لندن"),
    "Grace Okoye in Nairobi": ([], ["Grace Okoye"], "Nairobi"),
    "Quilla Ortiz/AP": (["أسوشيتد برس"], ["Quilla Ortiz"], None),
    "عواصم - وكالات": ([], [], None),
    "كتب: البحيرة نيوز": ([], [], None),
    "كتبت: وحدة الأبحاث": ([], [], None),
    "القاهرة: وكالة البحيرة الإخبارية": ([], [], "القاهرة"),
    "القاهرة: صحيفة تكشف أسرارا": ([], [], "القاهرة"),
    "HARBOUR NEWS -_سامر النعماني": ([], ["سامر النعماني"], None),
    "Tara Doane/Getty Images": ([], ["Tara Doane"], None),
    "سامر النعماني. غيتي": ([], ["سامر النعماني"], None),
    "Tara Doane, Harbour University": ([], ["Tara Doane"], None),
    "Tara Doane Political Correspondent": ([], ["Tara Doane"], None),
    "Tara Doane, Journalist": ([], ["Tara Doane"], None),
    "Tara Doane – Journalist Journalist": ([], ["Tara Doane"], None),
    "Tara Doane | March 3, 2024": ([], ["Tara Doane"], None),
    "Tara Doane Tara Doane": ([], ["Tara Doane"], None),
    "سامر النعماني سامر النعماني": ([], ["سامر النعماني"], None),
}


@pytest.mark.parametrize("line", POSSIBLE)
def test_what_only_looks_like_a_byline_is_left_to_its_place(line):
    credit = read(line)
    assert said(credit) == POSSIBLE[line]
    assert not credit.certain


def test_a_listed_given_name_or_a_title_makes_a_person_known():
    assert read("بدر العنزي").known
    assert read("د. قزحيا الملاح").known
    assert not read("قزحيا الملاح").known


NEITHER = [
    "غزة: ارتفاع عدد الشهداء",
    "السعودية: إطلاق مبادرة جديدة",
    "مصر - المغرب",
    "الأهلي - الزمالك",
    "الوزير: الحرب مستمرة",
    "قمة طارئة: قرارات حاسمة بشأن الأزمة",
    "أسعار الذهب اليوم",
    "القاهرة اليوم",
    "السعودية اليوم",
    "كتب مدرسية جديدة",
    "حوار وطني شامل",
    "الجزيرة",
    "اليوم",
    "العربية",
    "ومع",
    "مصر",
    "(الجمعة)",
    "الجمعة",
    "الرئيسية",
    "سياسة الخصوصية",
    "اتصل بنا",
    "محمد بن سالم: المشروع مستمر",
    "الكاتب: لا تعليق لدي الآن",
    "رئيس الوزراء يزور تبوك غدا",
    "افتتح الوزير جسرا جديدا في المدينة أمس.",
    "هروب سجين من مركبة الترحيل",
    "رئيسة التحكيم: «الجائزة» تعود",
    "هل تعود رويترز؟",
    "• رويترز",
    "Map",
    "Spa",
    "Contact Us",
    "Latest News",
    "Read More",
    "By train to the sea",
    "SIGN UP NOW",
    "Photo: Lena Ortiz",
    "Fotoğraf: Ayşe Demir",
    "12",
    "-",
    "و",
    "",
    "ترامب: اتفاق قريب",
    "مقتل ثلاثة جنود",
    "القدس: مواجهات عنيفة",
    "حكاية مدينة",
    "خلفية تاريخية",
    "ردود فعل",
    "أزمة المياه - حلول ممكنة",
    "لبنان - إسرائيل: هدنة",
    "غزة: هدنة إنسانية",
    "دور مصر",
    "موقف واشنطن",
    "ماذا بعد؟",
    "الخطة البديلة",
    "نتائج أولية",
    "صفقة القرن",
    "حرب المدن",
    "إيران - الولايات المتحدة",
    "الهلال - النصر",
    "تقرير دولي",
    "تقرير: ارتفاع البطالة",
    "تصوير جوي",
    "إعداد الدستور",
    "حوار الأديان",
    "ترجمة القرآن",
    "بقلم رصاص",
    "كتب قديمة",
    "فرص ضائعة",
    "Key Points",
    "Climate Change",
    "Middle East",
    "What we know",
    "By the numbers",
    "فلسطين: انتخابات مؤجلة",
    "تونس - انتخابات رئاسية",
    "هدوء حذر",
    "قطر - كأس العالم",
    # a section with its country, a site's name
    "تركيا, السياسة",
    "تركيا, الرياضة",
    "مصر، السياسة",
    "البحيرة نيوز - السودان",
    "بوابة البحيرة",
    "Harbour Weekly Magazine",
    # who leads the paper
    "رئيس التحرير: سامر النعماني",
    "رئيس مجلس الإدارة ورئيس التحرير: سامر النعماني",
    # prose and possessives
    "Başkan Ayşe Yılmaz, Ankara ve İstanbul",
    "Ayşe Yılmaz'ın Ankara Ziyareti",
    "Tara Doane’s Journey",
    "Tara Rhys' Journey",
    "By Tara Doane Education editor",
    "Senior Shopping Reporter",
    "Deputy Editor",
    "By Tara Doane Environment reporter, Harbour News",
    "الدفاع: خالد العمري",
    "© 2021 Harbour Network, Hannover",
    "BBC Sport",
    # letters without capitals, of names that no list has
    "点击 页首",
    "サイト マップ",
    "ฐาน ข้อมูล",
    "ताज़ा खबर",
]


@pytest.mark.parametrize("line", NEITHER)
def test_a_headline_menu_or_sentence_is_no_byline(line):
    assert read(line) is None


DATELINES = {
    "القاهرة، 17 سبتمبر 2024 - أعلنت": ([], [], "القاهرة"),
    "الدوحة/ أعلنت": ([], [], "الدوحة"),
    "رام الله/ قيس الحلو/ الأناضول أعلنت": (["الأناضول"], ["قيس الحلو"], "رام الله"),
    "K24- هەولێر: ئەم": (["كوردستان 24"], [], "هەولێر"),
    "BALIKESİR (A.A) - Belediye": (["الأناضول"], [], "BALIKESİR"),
    "NEW YORK (December 22, 2013) — The": ([], [], "NEW YORK"),
    "SALT LAKE CITY — The": ([], [], "SALT LAKE CITY"),
    "بيروت: «الشرق الأوسط» أعلنت": (["الشرق الأوسط"], [], "بيروت"),
    "الرياض - «الحياة» أعلنت": (["الحياة"], [], "الرياض"),
    "نيويورك (البحيرة نيوز) - أعلنت": ([], [], "نيويورك"),
    "DUBAI, 17th September, 2024 (WAM) -- The": (["وام"], [], "DUBAI"),
    "AMMAN, Sept. 17 (Petra) -- The": (["بترا"], [], "AMMAN"),
    "Elko, Nevada — The": ([], [], "Elko, Nevada"),
    "Santa Rosalia, California —The": ([], [], "Santa Rosalia, California"),
    "باكو/ روسلان كريموف/ الأناضول قال مسؤول إن": (["الأناضول"], ["روسلان كريموف"], "باكو"),
    "دبي، الإمارات العربية المتحدة (CNN) -- يعود": (["سي إن إن"], [], "دبي، الإمارات العربية المتحدة"),
    "(CNN)-- يعود السباق": (["سي إن إن"], [], None),
    "(رويترز) - يعود السباق": (["رويترز"], [], None),
    "صحار ـ العمانية: افتتح": (["العمانية"], [], "صحار"),
    "بيروت رويترز: قال": (["رويترز"], [], "بيروت"),
    "القاهرة الوطن: تعود": (["الوطن"], [], "القاهرة"),
    "الكويت (الوطن): تعود": (["الوطن"], [], "الكويت"),
    "بدر العنزي- سبق: كشف": (["سبق"], ["بدر العنزي"], None),
    "سبق- حائل: كشف": (["سبق"], [], "حائل"),
    "قزحيا الملاح - جدة يعود السباق": ([], ["قزحيا الملاح"], "جدة"),
    "صلالة من سالم الشنفري: يعود": ([], ["سالم الشنفري"], "صلالة"),
    "القاهرة - من هدى فرج : يعود": ([], ["هدى فرج"], "القاهرة"),
    "كتب - سامي بدران: يعود": ([], ["سامي بدران"], None),
    "تطوان – تمكنت فرق الإنقاذ": ([], [], "تطوان"),
    "نابلس- فوق سطح قديم": ([], [], "نابلس"),
    "الدوحة في 05 مايو /قنا/ افتتح": (["قنا"], [], "الدوحة"),
    "الكويت - 23 - 5 (كونا) -- أعلن": (["كونا"], [], "الكويت"),
    "رفحاء 14 شعبان 1440هـ الموافق 19 أبريل 2019م واس افتتح": (["واس"], [], "رفحاء"),
    "رفحاء 14 شعبان 1440 هـ الموافق 19 أبريل 2019 م واس افتتح": (["واس"], [], "رفحاء"),
    "عمان 10 آب (بترا)- افتتح": (["بترا"], [], "عمان"),
    "رام الله 5-5-2020 وفا- زار": (["وفا"], [], "رام الله"),
    "[08/ديسمبر/2009] صنعاء ـ سبأنت: زار": (["سبأنت"], [], "صنعاء"),
    "بلدة الوادي (رويترز) - زار": (["رويترز"], [], "بلدة الوادي"),
    "غزة ـ «القدس العربي» ـ من رنا عيد: زار": (["القدس العربي"], ["رنا عيد"], "غزة"),
    "وطنية - زار الوفد": (["الوكالة الوطنية للإعلام"], [], None),
    "OSLO, Dec 24 (Reuters) - Two": (["رويترز"], [], "OSLO"),
    "PORT VALE, El Salvador (AP) — Two": (["أسوشيتد برس"], [], "PORT VALE, El Salvador"),
    "NAIROBI: Two": ([], [], "NAIROBI"),
    "SİVAS (AA) - İki": (["الأناضول"], [], "SİVAS"),
    "Wien/Berlin (APA/dpa) - Zwei": (["وكالة الأنباء النمساوية", "د ب أ"], [], "Wien/Berlin"),
    "PARIS, 3 mai (AFP) - Deux": (["فرانس برس"], [], "PARIS"),
    "Madrid, 3 may (EFE).- Dos": (["إفي"], [], "Madrid"),
    "تهران- ایرنا- دو": (["إرنا"], [], "تهران"),
    "به گزارش ایسنا، دو": (["إسنا"], [], None),
    "لاہور: دو": ([], [], "لاہور"),
}


@pytest.mark.parametrize("paragraph", DATELINES)
def test_a_dateline_is_read_and_nothing_behind_it(paragraph):
    credit = byline.dateline(paragraph, VOCAB)
    assert said(credit) == DATELINES[paragraph]
    assert paragraph.startswith(credit.printed)
    assert paragraph.split()[-1] not in credit.printed


def test_a_subtitle_may_stand_before_a_dateline_of_place_and_agency():
    credit = byline.dateline("صيانة الطريق الساحلي تبدأ الأحد - عمّان - «رويترز»: أعلنت", VOCAB)
    assert said(credit) == (["رويترز"], [], "عمّان")
    assert credit.printed == "عمّان - «رويترز»:"
    assert byline.dateline("صيانة الطريق الساحلي تبدأ الأحد - عمّان: أعلنت", VOCAB) is None


NO_DATELINE = [
    "قال مسؤول - في تصريح - إن العمل بدأ",
    "السعودية: عودة السباق",
    "ألمانيا - التي تدعم الخطة - ترفض",
    "الجزيرة: ماذا حدث",
    "السباق (الجمعة) يعود",
    "اليوم المغرب/ الدولة",
    "الرياض (عاصمة السعودية) تستعد",
    'وتنقل وكالة "رويترز" عن منظمات',
    "محمد: هذا صحيح",
    "أقدم عنصر، من تنظيم «الظل» على",
    "The company - based in Oslo - said",
    "In May (2020) the",
    "KEN DOANE / WINNIPEG FREE LINE Crews began",
    "",
]


@pytest.mark.parametrize("paragraph", NO_DATELINE)
def test_a_sentence_has_no_dateline(paragraph):
    assert byline.dateline(paragraph, VOCAB) is None


def test_a_caption_source_or_end_mark_is_looked_up_alone():
    assert lexicon.agency("(أ.ف.ب)", VOCAB) == "فرانس برس"
    assert lexicon.agency("بترا", VOCAB) == "بترا"
    assert lexicon.agency("(قنا)", VOCAB) == "قنا"
    assert lexicon.agency("الرياض", VOCAB) is None  # in brackets it is the city, not its paper
    assert lexicon.agency("بلدة الوادي", VOCAB) is None
    assert lexicon.agency(" - ", VOCAB) is None


def test_a_line_that_no_reader_has_to_see_is_refused_by_a_quick_look():
    for line in ("قال مسؤول - في تصريح - إن العمل بدأ", "Latest News", "و", "A question for you?", "الرئيسية"):
        assert not byline.may_be_credit(line, VOCAB)
    for line in (*PROVEN, *POSSIBLE):
        assert byline.may_be_credit(line, VOCAB)


def test_a_credit_says_the_role_of_its_first_credit_word():
    assert read("بقلم: سامر الخطيب").role == "author"
    assert read("ترجمة: سمر قباني").role == "translator"
    assert read("المصدر: الجزيرة + وكالات").role == "source"
    assert read("باريس - رويترز").role is None


def test_why_tells_the_parts():
    assert read("باريس - رويترز").why == "city «باريس», agency «رويترز»"
    assert read("بقلم: بدر العنزي").why == "credit word «بقلم», person «بدر العنزي»"


def test_a_users_words_count(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[agencies]\n"وكالة البحيرة" = ["XX", "ب ح ر"]\n[cities]\n"بلدة الوادي" = "XX"\n', encoding="utf-8")
    mine = vocab.with_files([path])
    assert said(byline.read_byline("بلدة الوادي - ب.ح.ر", mine)) == (["وكالة البحيرة"], [], "بلدة الوادي")
    assert read("بلدة الوادي - ب.ح.ر") is None


# The lists --------------------------------------------------------------------------------------------------------


def test_there_are_agencies_and_places_enough():
    assert len(VOCAB.agencies) >= 60
    assert len(VOCAB.cities) + len(VOCAB.countries) >= 400


def test_each_agency_and_place_has_a_country():
    for code in (*(entry[0] for entry in VOCAB.agencies.values()), *VOCAB.cities.values(), *VOCAB.countries.values()):
        assert len(code) == 2 and code.isalpha() and code.isupper()


def test_no_name_means_two_agencies():
    owner = {}
    for key, (_, *others) in VOCAB.agencies.items():
        for name in (key, *others):
            short = lexicon.squeeze(fold(name))
            assert owner.setdefault(short, key) == key, name


def test_each_ambiguous_name_is_an_agencys():
    known = {lexicon.squeeze(fold(name)) for key, others in VOCAB.agencies.items() for name in (key, *others[1:])}
    assert [name for name in VOCAB.ambiguous_agencies if lexicon.squeeze(name) not in known] == []


ROLES = {"author", "translator", "photo", "editor", "source", "office", "title", "behind", "from", "and", "date"}


def test_credit_words_have_known_roles():
    assert {role.rstrip(":") for role in VOCAB.credit_words.values()} == ROLES


# Any text ---------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *VOCAB.credit_words,
        *VOCAB.desks,
        "رويترز",
        "القاهرة",
        "بدر",
        "العنزي",
        "أ.ف.ب",
        "AFP",
        "Grace",
        "Oslo",
        "5",
        "ـ",
        "-",
    ]
)
LINES = st.lists(WORDS | st.text(max_size=6), max_size=12).flatmap(
    lambda words: st.sampled_from([" ", " - ", ": ", "، ", ""]).map(lambda sign: sign.join(words))
)


@settings(max_examples=300, deadline=None)
@given(LINES)
@example("\u200f - \u0651 رويترز")
@example("ـ ـ ـ")
@example("\ud800: رويترز")
@example("محمد علي A. A")  # an initial has no letters behind its full stop
@example("\u064e - (رويترز) - نص")  # a mark alone has no letters
def test_any_line_is_read_without_error_and_says_only_what_it_holds(line):
    for credit in (byline.read_byline(line, VOCAB), byline.dateline(line, VOCAB)):
        if credit is not None:
            assert credit.printed in line
            assert credit.location is None or credit.location in line
            for author in credit.authors:
                assert set(author.split()) <= set(line.replace("-", " - ").split()) or author.split()[0] in line


@pytest.mark.parametrize("text", ["- " * 5_000_000, "ـ" * 10_000_000, "(" * 10_000_000, "a@" * 5_000_000])
def test_a_line_of_ten_million_characters_costs_nothing(text):
    start = time.process_time()
    byline.read_byline(text, VOCAB)
    byline.dateline(text, VOCAB)
    assert time.process_time() - start < 0.05


def test_separators_are_cut_where_they_separate():
    def cut(line):
        return [segment.text for segment in lexicon.segments(line)]

    assert cut("صنعاء-رويترز") == ["صنعاء", "رويترز"]
    assert cut("Anna-Lena Ortiz - 5-5-2020") == ["Anna-Lena Ortiz", "5-5-2020"]
    assert cut("أنور ـ جدة") == ["أنور", "جدة"]
    assert cut("أبهــا 1436 هـ") == ["أبهــا 1436 هـ"]
    assert cut("خاص لـ«الصدى»") == ["خاص لـ", "الصدى"]


def test_spaces_at_the_end_of_a_line_are_no_words():
    found = byline.read_byline("الأناضول -" + " " * 20, VOCAB)
    assert found and found.agencies == ("الأناضول",)


def test_the_first_letter_of_a_valley_is_no_connective():
    found = byline.read_byline("كتبت: ليلى الهاشمي - وادي السدر (وكالات)", VOCAB)
    assert found and found.authors == ("ليلى الهاشمي",)
    found = byline.read_byline("كتب: محمد علي - وادي حلفا", VOCAB)
    assert found and (found.authors, found.location) == (("محمد علي",), "وادي حلفا")
