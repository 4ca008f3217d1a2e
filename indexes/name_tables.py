"""Words in names that are not names: particles, titles, suffixes, and the parts of Arabic compound names.

Source: public usage in passports and lists; Doc 9303-3 section 4 (titles and suffixes stand in an MRZ only where they
are legally part of the name). All entries are in the normal form of `normalise` (folded, own script).
"""

__all__ = ["ABD_SPELLINGS", "ARTICLES", "ASSIMILATED", "DIVINE_STEMS", "LAST_NAMES", "NAME_TITLES", "PARTICLES",
           "SPLIT_STEMS", "SUFFIXES", "TITLES", "UNSPLIT_ARABIC"]  # fmt: skip


def _words(text: str) -> frozenset[str]:
    """Reads a table of words that stand between spaces and line ends."""
    return frozenset(text.split())


PARTICLES = _words("""
al el ul il ibn bin ben bint binti binte ibnu abu abou abi aboo umm um oum bou ould wuld ait beni banu bani van von
vom zum zur zu der den de la las los le les del della dello dei degli delle di da do dos das du des dal dalla ter
ten te tot op aan het af av och und y i e ap ab ferch fitz аль эль ибн бин бен бинт абу оглы оглу кызы ван фон дер
де ла ди да дос ال ابن بن بنت بنو ابو ابي ام آل ولد בן בת בר אבן אבו אל דה ון ואן פון
""")  # fmt: skip
"""Words that join parts of a name; they stay as tokens of kind PARTICLE, since many lists and forms leave them out."""

ARTICLES = _words("""
al el ul il
""")  # fmt: skip
"""The Arabic article in Latin writing; every article has the others as further forms."""

ASSIMILATED = _words("""
ar er ur as es us ash esh ush ech ach an en un ad ed ud od at et ut az ez uz adh edh ath eth
""")  # fmt: skip
"""The article before a sun letter, as it sounds: AR-RAHMAN, ES-SAYED. Only before a word with that first letter."""

TITLES = _words("""
dr mr mrs ms miss mister prof professor sir dame doctor monsieur madame mme mlle herr frau senor senora general gen
colonel col capt captain lt lieutenant sgt sergeant brigadier brig admiral cmdr hon rev reverend eng engr haji hajji
hadji hajj haj hadj alhaji alhaj mullah mulla mollah mawlawi maulavi moulavi maulana mawlana molvi д-р г-н г-жа гн
доктор профессор господин دكتور مهندس حاج ملا مولوي ดร นาย นาง
""")  # fmt: skip
"""Titles that are hardly ever names; dropped wherever they stand while another name remains."""

NAME_TITLES = _words("""
sheikh shaykh shaikh sheik shekh cheikh cheik sheykh ustad ustaz ayatollah imam qari mufti lord lady prince princess
شيخ سيد امام دکتر
""")  # fmt: skip
"""Titles that are names too (SALMAN SHAIKH); dropped only while two other names remain."""

SUFFIXES = _words("""
jr jnr sr snr ii iii iv vi vii 2nd 3rd 4th junior senior filho neto sobrinho fils pere esq phd мл ст младший
""")  # fmt: skip
"""What tells generations apart; of kind SUFFIX behind a name, a name itself in front (NETO, JUNIOR)."""

ABD_SPELLINGS = _words("""
abdul abdel abdal abdil abdoul abdool abdol abdur abder abdar abdour abdus abdes abdas abdun abden abdud abded
""")  # fmt: skip
"""ABD joined with the article, written as a word of its own: ABDUL RAHMAN, ABDER RAHMANE."""

DIVINE_STEMS = _words("""
rahman rahim malik quddus salam mumin muhaimin aziz jabbar khaliq bari ghaffar ghafur qahhar wahab wahhab razzaq
razaq fattah alim basit rafi sami basir hakam adil latif khabir halim azim shakur kabir hafiz hasib jalil karim
raqib mujib hakim wadud majid wakil matin wali hamid muhyi hayy hai qayyum wajid ahad wahid samad qadir kader
muqtadir awwal batin tawwab afw rauf ghani hadi nur badi baqi warith rashid rasheed sabur sattar satar nasir nasser
nabi rasul haq haqq zahir zaher khalek moneim monem munim mohsen muhsin maqsud manan mannan salaam ghafour mutalib
muttalib shahid subhan kareem
""")  # fmt: skip
"""Names that follow ABD AL- (most of the ninety-nine names of God); a joined ABDUL- is divided before these only."""

SPLIT_STEMS = DIVINE_STEMS | _words("""
hassan hasan hussein husseini hussaini masri shami iraqi yamani libi tunisi jazairi maghribi sudani somali hindi
afghani baghdadi basri tikriti mosuli douri duri hakimi hashimi hashemi husayni hasani sadr maliki saadi saadoun
jaburi jubouri dulaimi obeidi ubaydi janabi zawahiri zarqawi qahtani ghamdi ghamidi shehri shahri harbi otaibi
utaybi mutairi dosari dossari zahrani qurashi quraishi maliky subaie anzi enezi rashidi sabah thani khalifa nahyan
maktoum makhtoum nuaimi mansour mansur mansoori hariri jundi tayyib tayeb bashir assad sayed sayyid saud sisi banna
najjar haddad khatib khalil attar ansari bakri faruq farouq mahdi muhajir kuwaiti qatari bahraini omani filistini
halabi dimashqi homsi
""")  # fmt: skip
"""What may follow AL- or EL- without a hyphen and is divided from it: names that no European name resembles."""

UNSPLIT_ARABIC = _words("""
الياس الهام البرت البرتو السا الكساندر الينا اليزابيث الفريد الويس الن اليكس الفونسو
""")  # fmt: skip
"""Names in Arabic script that open with alef and lam but not with the article."""

LAST_NAMES = _words("""
van ben le la di da do te y i e ten fitz ould bani um ait
""")  # fmt: skip
"""Particles that are names too: at the end of a name they are one (WANG DI), while DER stays a particle."""
