"""The words of credit lines: in many languages what a picture, a credit and a source is, and what names are made of.
Platforms and agencies are in `platforms`."""

# Labels: what stands before a colon -----------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A picture, or who makes one.
PICTURE = _words("""
    image images photo photos photograph photographs photography picture pictures pic pics illustration illustrations
    graphic graphics artwork drawing diagram thumbnail photographer photographers photographed illustrator foto fotos
    fotografie fotografien bild bilder titelbild aufmacherbild beitragsbild abbildung grafik aufnahme zeichnung
    fotograf fotografin fotografen bildnachweis bildnachweise bildquelle bildquellen bildrechte bildautor fotonachweis
    fotoquelle fotocredit fotorechte bildcredit coverfoto coverbild symbolbild symbolfoto photographie photographies
    photographe dessin infographie visuel illustrazione illustrazioni immagine immagini fotografia fotografo fotografa
    disegno imagen imágenes fotografía fotografías ilustración ilustraciones fotógrafo fotógrafa gráfico fotógrafos
    imagem imagens fotografias ilustração imatge imatges fotògraf imaxe argazkia afbeelding afbeeldingen beeld beelden
    fotograaf illustratie fotobron billede billeder bilde illustrasjon tegning fotografi mynd ljósmynd kuva kuvat
    valokuva valokuvat kuvaaja kuvan kuvitus zdjęcie zdjęcia zdjęć ilustracja obraz grafika fot rys obrázek obrázku
    obrázok obrázka snímek fotografii ilustrace fotó kép képek fénykép fotografija slika fotoğraf fotoğrafı
    fotoğraflar görsel görseli resim imagine imaginea nuotrauka nuotr attēls pilt ảnh hình gambar фото фотография
    фотографии фотограф изображение изображения иллюстрация снимок снимка снимки світлина фотографія зображення
    фотографија слика здымак φωτογραφία φωτογραφίες φωτό φωτο εικόνα εικόνας φωτογραφίας φωτογράφος צילום תמונה תמונות
    צילומים צלם צלמת איור صورة الصورة تصوير صور الصور عدسة بعدسة عکس عکاس تصویر फोटो चित्र तस्वीर छायाचित्र ছবি ภาพ
    ภาพถ่าย 写真 画像 撮影 イラスト 图片 图 照片 摄影 圖片 圖 攝影 사진 이미지 그림
""")
# A picture too, but as often the heading of what it shows: “MRI: what to expect”.
WEAK = _words("""
    screenshot screenshots screengrab screencap still stills scan scans mri ct x-ray x-rays xray radiograph
    radiographs ultrasound ultrasonography micrograph micrographs infographic infographics sketch sketches painting
    paintings portrait portraits cartoon cartoons comic animation animations map maps chart charts collage headshot
    headshots snapshot snapshots engraving woodcut watercolor watercolour mural poster icon icons logo logos
    clipart vector vectors rendering renderings render video videos gif plate figure visual visuals selfie selfies
    self-portrait self-portraits photomontage montage composite eeg emg ecg pet-ct angiogram fluoroscopy myelogram
    skizze karte gemälde röntgenbild schéma carte croquis mapa radiografía
""")
# A credit: a name may follow.
CREDIT = _words("""
    credit credits credited courtesy crédit crédits crédito créditos credito crediti crèdit crèdits urheber urheberin
    nachweis kredit kredisi קרדיט 제공 提供 クレジット साभार mention
""")
# A source or a claim of rights: without a word for a picture, only a platform may follow.
SOURCE = _words("""
    source sources copyright rights quelle quellen rechte fuente fonte font bron källa kilde lähde źródło zdroj zdroje
    forrás forrása izvor vir sursa šaltinis avots allikas nguồn sumber kaynak kaynağı источник джерело извор крыніца
    πηγή מקור مصدر المصدر منبع स्रोत 出典 来源 來源 출처 author auteur autor autora autore автор copy
""")
# What may stand between them.
GLUE = _words("""
    cover header featured feature lead banner hero title main top stock file the of to by de la le les l' des du da
    do della del dell' di van der von und and et y e i og och d' d’ l’ this for από της του fotografico fotográfico
    fotográficos fotográfica photographique fotografica original via above below left right oben unten links rechts
    libre droits free free-to-use royalty-free screen shot clip art video ultrasound own film fluoroscopy archive
    3d 2d medical drone digital press composite photo-illustration
""")
# What a picture may be called before its word: “stock photo”, “MRI scan”.
ADJECTIVES = (
    r"cover|header|featured?|lead|banner|hero|stock|main|title|original|free|free-to-use|royalty-free|creative\s{1,3}commons|"
    r"cc|cc[\s-]licensed|archival|archive|file|public\s{1,3}domain|video|screen|mri|ct|x-ray|ultrasound|fluoroscop(?:y|ic)|"
    r"microscop[ey]|microscopic|thermal|infrared|aerial|drone|satellite|digital|medical|anatomical|profile|background|press|"
    r"news|publicity|promotional|clip|pen|pencil|ink|oil|charcoal|hand-drawn|vintage|historical?|film|movie|3d|2d|composite|"
    r"black[\s-]and[\s-]white|b&w|colou?r|studio|concept|the|this|all|top|bottom|left|right|both|inset|other|uncredited"
)
NOUNS = r"shots?|grabs?|art|scans?|films?|captures?|stills?"  # pictures only behind such a word

# Before a name --------------------------------------------------------------------------------------------------------

BY = r"by|von|par|por|door|od|przez|autorstwa|a\s{1,3}cura\s{1,3}di|от|автор|από"
OF = r"de|di|da|van|av|af|do|du|del|του|της|des"  # they say “by” and “of” alike
MADE = (
    r"taken|made|created|designed|submitted|captured|shared|produced|painted|shot|drawn|provided|supplied|contributed|fournie?|offerte|prise|cedida|cedido|tomada|hecha|"
    r"scattata|realizzata|gemacht|aufgenommen|tatt|tagen|taget|genomen|gemaakt|wykonane|zrobione|снято|сделано"
)
ON = r"on|auf|sur|en|su|op|på|from|at|bei|aus|na|no|pela|para|från|fra|da|por|i|à|a|în|w|z|ze|aus|na|на|з|из"
COURTESY = (
    r"(?:with\s{1,3}(?:the\s{1,3})?|by\s{1,3}(?:the\s{1,3})?|through\s{1,3}the\s{1,3})?courtesy\s{1,3}of|"
    r"courtesy(?:\s{1,3}(?:by|from)|\s{0,3}:)|cortesía\s{1,3}de|cortesia\s{1,3}(?:de|da|do|di)|cortesia\s{1,3}d['’]|"
    r"mit\s{1,3}freundlicher\s{1,3}genehmigung\s{1,3}(?:von|der|des|durch)|"
    r"avec\s{1,3}l['’]aimable\s{1,3}autorisation\s{1,3}(?:de|du|d['’])|"
    r"per\s{1,3}gentile\s{1,3}concessione\s{1,3}(?:di|del|della)|por\s{1,3}cortesía\s{1,3}de|met\s{1,3}dank\s{1,3}aan|"
    r"dzięki\s{1,3}uprzejmości|с\s{1,3}разрешения|by\s{1,3}kind\s{1,3}permission\s{1,3}of|"
    r"with\s{1,3}(?:the\s{1,3})?(?:kind\s{1,3})?permission\s{1,3}(?:of|from)|"
    r"(?:very\s{1,3})?(?:kindly|generously)\s{1,3}(?:provided|supplied|shared|contributed|donated|lent)\s{1,3}by|"
    r"adapted\s{1,3}from|modified\s{1,3}from|"
    r"(?:used|reproduced|reprinted|shown|published|printed)\s{1,3}(?:with|by)\s{1,3}(?:kind\s{1,3})?permission\s{1,3}(?:of|from)"
)

# In names -------------------------------------------------------------------------------------------------------------

PARTICLES = _words("""
    de da di du des del della dello dei der den dem die das van von vom zu zur zum la le les los las el al bin ibn ben
    bint abu y e i et und and og och en ter ten te dos do af av of the for & 't t s d' d’ l' ap o a til aan het ja
    degli dalla dalle dal dai delle d dela op uit auf in onder ver zum bar bat ould ua ní nic av thoe tot san im am ‘t
""")
# Joined to a name in capitals: “al-Din”, “d’Arc”, “dell’Orto”.
JOINED = r"(?:al|el|ad|an|ar|as|ash|at|az|ul|d|l|dell|dall|nell|sant|o|n|t|s|de|di|la|le|von|van)[-'’‘]"
PROSE = _words("""
    a an this that these those my our your their its his her themselves itself all every each no some see more find
    follow it we you they he she there here how what when where why who which ask bring not is are was were show shows
    showing please und der die das ein eine un une el los las uno una um uma en het zie siehe voir ver vedi if as
""")
ALONE = _words("""
    image images photo photos picture pictures hand hands eye eyes night day mail post phone itself themselves
    email default design nature law numbers request appointment foto bild imagen heart sight region age sex none
    n/a children kids patients readers students volunteers members everyone anyone nobody amateurs professionals ct
    mri pet candlelight flashlight sunlight moonlight lamplight hand-out visa cash letter fax text post-mail
    consent choice permission chance mistake hundred hundreds thousands daylight today tomorrow above below center
    here
""")
# What captions are about, in the singular: “Image: Lumbar Spine” names nobody, “Image: Lumbar Spine Unit” does.
CAPTION = _words("""
    ankle anatomy arm back body bone brain breathing cable cane cartilage caption catheter cell chair cord cross
    detail device diagram disc disk drug dose elbow electrode epidural example exercise facet face female figure
    finger foot front ganglion hand hip image implant infusion injection jaw joint knee label lead leg left lesion
    ligament lumbar lower male medicine meditation model molecule morphine muscle neck needle nerve neuron opioid
    pain part patch pathway patient pelvis pill posture procedure pump receptor right sacrum scalp scar schematic
    sciatica score section shoulder side sitting skeleton skin skull sleep sole spinal spine step stimulator
    stretch stretching surface surgery symptom syringe table tablet tendon thigh tissue toe treatment upper
    vertebra vertebrae view waist walking week woman wound wrist before after during steps stages overview close-up
    closeup closer map chart scan timeline acupuncture arthritis fibromyalgia headache migraine neuropathy heat ice
    pacing yoga physiotherapy therapy transverse sagittal axial coronal anterior posterior lateral medial cervical
    thoracic sacral nervous system ward room waiting monday tuesday wednesday thursday friday saturday sunday exit
    entrance nurse doctor surgeon service parking policy bus call ride car transport desk hour hours rules matter
    matters release id gallery tens mri ct x-ray fig theory gate control dorsal ventral sciatic trigger herniated
    ten facts about living healthy portion gentle point cross-section guided world two three visa mastercard
    program course tip exam rehab street floor tunnel trigeminal occipital femoral ulnar median radial peroneal
    tibial peripheral central autonomic sympathetic vagus inflamed swollen damaged normal bulging degenerative
    compressed pinched myofascial chronic acute phantom intrathecal epidermis synapse spinothalamic pathology
    histology microglia receptors botox ketamine cannabis opioids pillow mattress crutch wheelchair walker brace
    corset bandage electrodes remote battery monitor machine microscope slide specimen blood vessel artery vein
    heart lung liver kidney stomach bowel bladder uterus prostate vorher nachher rücken knie nerv wirbelsäule avant
    après antes después clinics
""")
# What is a service where “Courtesy” stands before it.
SERVICES = _words("""
    van bus parking transport transportation phone phones desk call calls car cars shuttle ride rides reminder reminders
    policy hours notice notices visit visits appointment appointments service services pickup copy copies matters
""")
# Makes a name of words that captions have as well.
ORGANIZED = _words("""
    center centre institute foundation national association society department office council library clinic clinics
    hospital unit university college school museum gallery archive archives trust collection studio studios photography
    photos press agency group company ltd inc llc gmbh team laboratory lab ministry service services academy charity
    klinik klinikum universität universitätsklinikum institut museo hôpital centro
""")
# Who sent it or where it was, where a name would be: the line is a credit and names nobody.
NOBODY = (
    r"(?:(?:the|our|my|an?)\s)?(?:author|authors|writer|photographer|artist|blogger|editor|family|patient|staff|"
    r"personal|private)(?:['’]s|s['’])?\s(?:own|collection|archives?|handout|photos?|pictures?|images?|files?|"
    r"own\s(?:work|photos?|pictures?|images?|collection|archives?))|"
    r"(?:the\s)?(?:authors?|writers?|blogger|editors?)|private|privat|privé|privada|privato|handout|hand-out|staff|stringer|"
    r"(?:supplied|submitted|contributed|provided)(?:\sby\s(?:the\s)?(?:family|patient|author|authors|writer|company|"
    r"manufacturer))?|"
    r"(?:my|our|his|her|their)\sown(?:\s(?:work|photos?|pictures?|images?))?|own(?:\s(?:work|photos?|pictures?|images?|"
    r"collection))?|"
    r"eigenes\s(?:werk|foto|bild)|eigene\s(?:aufnahme|grafik|darstellung)|travail\spersonnel|trabajo\spropio|"
    r"me|myself|mine|us|ourselves|file|file\s(?:photo|picture|image)|archive|archiv|archives|"
    r"(?:unknown(?:\s(?:author|artist|photographer|source))?){1,2}|anonymous(?:unknown\sauthor)?|unbekannt|inconnu|desconocido|"
    r"see\spage\sfor\s(?:author|creator)|divulgação|verfasser|autor|die\sautorin|der\sautor|author['’]s\sown|"
    r"courtesy|courtesy\s(?:photo|image)"
)
# Beside a name: what somebody was for a picture.
ROLE = (
    r"photographer|illustrator|artist|author|designer|photo|image|photos|images|picture|illustration|drawing|creator|"
    r"radiologist|painter|owner|copyright\sholder|rights\sholder|fotograf|fotografin|fotógrafo|photographe|"
    r"self-portrait|selfie|photography|staff|stringer|contributor|handout|file|pool|talk|private|supplied|own\swork|user|license|licence|source"
)
