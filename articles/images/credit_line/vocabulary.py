"""The words of credit lines: platforms and agencies, and in many languages what a picture, a credit and a source is."""

import re

# Platforms and agencies -----------------------------------------------------------------------------------------------

_NAMES = """
    Flickr, Unsplash, Pixabay, Pexels, Wikimedia Commons, Wikipedia, Shutterstock, iStock, iStockphoto, Getty Images,
    Adobe Stock, Fotolia, Depositphotos, Dreamstime, 123RF, Alamy, pixelio.de, Freepik, Reuters, AP, AFP, dpa, EPA,
    PA, Picture Alliance, imago, imago images, Corbis, Science Photo Library, BigStock, Freeimages, stock.xchng,
    Morguefile, DeviantArt, 500px, Instagram, Openverse, Rawpixel, StockSnap, Burst, Vecteezy, CDC PHIL, NIH, CDC,
    WHO, Wellcome Collection, Wellcome Images, Thinkstock, PhotoDune, Canva, Envato, Envato Elements, Europeana,
    Library of Congress, PublicDomainPictures, Pxhere, Kaboompics, FreeDigitalPhotos.net, Smithsonian Open Access,
    Internet Archive, Pond5, Stocksy, Gratisography, Life of Pix, Picjumbo, Reshot, Foter, Photopin, Compfight,
    VisualHunt, Photobucket, SmugMug, Behance, Dribbble, Pinterest, Facebook, Tumblr, Bloomberg, UPI, ANSA, LaPresse,
    EFE, Europa Press, Lusa, ANP, Hollandse Hoogte, Belga, Keystone, APA, ddp, epd, KNA, Scanpix, NTB, TT, Ritzau,
    Ritzau Scanpix, Lehtikuva, STT, PAP, Agencja Gazeta, ČTK, TASR, MTI, Agerpres, Hina, Sipa, Sipa Press, Hans Lucas,
    Magnum Photos, ZUMA Press, Xinhua, Kyodo, Jiji Press, Yonhap, Anadolu, AA, DHA, İHA, PTI, ANI, SPL, PIXTA,
    photoAC, ТАСС, РИА Новости, Укрінформ, УНІАН, 新华社, 视觉中国, 共同通信, 時事通信, アフロ, 연합뉴스, 뉴시스, 뉴스1,
    פלאש 90
"""
PLATFORMS = {name.lower(): name for name in " ".join(_NAMES.split()).split(", ")}
PLATFORMS |= {
    "commons": "Wikimedia Commons",
    "wikimedia": "Wikimedia Commons",
    "wiki commons": "Wikimedia Commons",
    "wikicommons": "Wikimedia Commons",
    "commons.wikimedia": "Wikimedia Commons",
    "위키미디어 공용": "Wikimedia Commons",
    "викисклад": "Wikimedia Commons",
    "維基共享資源": "Wikimedia Commons",
    "维基共享资源": "Wikimedia Commons",
    "pixelio": "pixelio.de",
    "getty": "Getty Images",
    "gettyimages": "Getty Images",
    "stock.adobe": "Adobe Stock",
    "adobestock": "Adobe Stock",
    "istock by getty images": "iStock",
    "freedigitalphotos": "FreeDigitalPhotos.net",
    "flic.kr": "Flickr",
    "associated press": "AP",
    "photo library of the cdc": "CDC PHIL",
}
# Where people also are for other reasons than pictures: without a word like “Photo” a line is no credit by naming them.
NETWORKS = {"Instagram", "Facebook", "Pinterest", "Tumblr", "WHO", "AA", "PA", "TT", "AP", "Canva"}
# What texts cite as well: “Source: WHO” is no credit for a picture.
CITED = {"WHO", "CDC", "NIH", "Reuters", "AP", "AFP", "dpa", "Bloomberg"}
# Their name alone under a picture is its credit.
STOCK = {
    "Shutterstock", "iStock", "Getty Images", "Adobe Stock", "Fotolia", "Depositphotos", "Dreamstime", "123RF",
    "Thinkstock", "Alamy", "pixelio.de", "Unsplash", "Pixabay", "Pexels", "Wikimedia Commons",
}  # fmt: skip
_SUFFIX = re.compile(r"\.(?:com|net|org|de|co\.uk|io)$")


def platform(words: str) -> str:
    """The platform or agency that words name, as it is written properly; "" if they name none."""
    key = words.strip(" .,;:()[]©\"“”'").lower()
    return PLATFORMS.get(key) or PLATFORMS.get(_SUFFIX.sub("", key)) or ""


def platform_of(url: str) -> str:
    """The platform that an address belongs to."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).split("/")[0]
    labels = host.split(".")
    return next(filter(None, (platform(".".join(labels[start:])) for start in range(len(labels) - 1))), "")


PLATFORM_PATTERN = "|".join(re.escape(name) for name in sorted(PLATFORMS, key=len, reverse=True))

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
    cover header featured feature lead banner hero title main top stock file the of to by de la le les l' des du da do
    della del dell' di van der von und and et y e i og och d' d’ l’ this for από της του fotografico fotográfico
    fotográficos fotográfica photographique fotografica original via above below left right oben unten links rechts
    libre droits
""")

# Before a name --------------------------------------------------------------------------------------------------------

BY = r"by|von|par|por|door|od|przez|autorstwa|a\s{1,3}cura\s{1,3}di|от|автор|από"
OF = r"de|di|da|van|av|af|do|du|del|του|της|des"  # they say “by” and “of” alike
MADE = (
    r"taken|made|created|shot|drawn|provided|supplied|contributed|fournie?|offerte|prise|cedida|cedido|tomada|hecha|"
    r"scattata|realizzata|gemacht|aufgenommen|tatt|tagen|taget|genomen|gemaakt|wykonane|zrobione|снято|сделано"
)
ON = r"on|auf|sur|en|su|op|på|from|at|bei|aus|na|no|pela|para|från|fra|da|por|i|à|a|în|w|z|ze|aus|na|на|з|из"
COURTESY = (
    r"courtesy\s{1,3}of|cortesía\s{1,3}de|cortesia\s{1,3}(?:de|da|do|di)|cortesia\s{1,3}d['’]|"
    r"mit\s{1,3}freundlicher\s{1,3}genehmigung\s{1,3}(?:von|der|des|durch)|"
    r"avec\s{1,3}l['’]aimable\s{1,3}autorisation\s{1,3}(?:de|du|d['’])|"
    r"per\s{1,3}gentile\s{1,3}concessione\s{1,3}(?:di|del|della)|por\s{1,3}cortesía\s{1,3}de|met\s{1,3}dank\s{1,3}aan|"
    r"dzięki\s{1,3}uprzejmości|с\s{1,3}разрешения|by\s{1,3}kind\s{1,3}permission\s{1,3}of|"
    r"adapted\s{1,3}from|modified\s{1,3}from|(?:used|reproduced|reprinted)\s{1,3}(?:with|by)\s{1,3}(?:kind\s{1,3})?permission\s{1,3}(?:of|from)"
)

# In names -------------------------------------------------------------------------------------------------------------

PARTICLES = _words("""
    de da di du des del della dello dei der den dem die das van von vom zu zur zum la le les los las el al bin ibn ben
    bint abu y e i et und and og och en ter ten te dos do af av of the for & 't d' d’ l' ap o a til aan het ja
""")
PROSE = _words("""
    a an this that these those my our your their its his her themselves itself all every each no some see more find
    follow it we you they he she there here how what when where why who which ask bring not is are was were show shows
    showing und der die das ein eine un une el los las uno una um uma en het zie siehe voir ver vedi if as
""")
ALONE = _words("""
    image images photo photos picture pictures hand hands eye eyes night day mail post phone itself themselves email
    default design nature law numbers request appointment foto bild imagen heart sight region age sex
""")
ORGANIZED = _words("center centre institute foundation national association society department office council library")
