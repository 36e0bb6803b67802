"""Platforms, agencies and their collections: every name that a credit line calls one by, and how it is written."""

import re

_NAMES = """
    Flickr, Flickr Commons, Unsplash, Pixabay, Pexels, Wikimedia Commons, Wikipedia, Shutterstock, iStock,
    iStockphoto, Getty Images, Getty Images Plus, Adobe Stock, Fotolia, Depositphotos, Dreamstime, 123RF, Alamy,
    pixelio.de, Freepik, Reuters, AP, AFP, dpa, EPA, PA, Picture Alliance, imago, imago images, Corbis,
    Science Photo Library, BigStock, Freeimages, stock.xchng, Morguefile, DeviantArt, 500px, Instagram,
    Openverse, Rawpixel, StockSnap, Burst, Vecteezy, CDC PHIL, NIH, CDC, WHO, Wellcome Collection,
    Wellcome Images, Thinkstock, PhotoDune, Canva, Envato, Envato Elements, Europeana, Library of Congress,
    PublicDomainPictures, Pxhere, Kaboompics, FreeDigitalPhotos.net, Smithsonian Open Access, Internet Archive,
    Pond5, Stocksy, Gratisography, Life of Pix, Picjumbo, Reshot, Foter, Photopin, Compfight, VisualHunt,
    Photobucket, SmugMug, Behance, Dribbble, Pinterest, Facebook, Tumblr, Bloomberg, UPI, ANSA, LaPresse, EFE,
    Europa Press, Lusa, ANP, Hollandse Hoogte, Belga, Keystone, APA, ddp, epd, KNA, Scanpix, NTB, TT, Ritzau,
    Ritzau Scanpix, Lehtikuva, STT, PAP, Agencja Gazeta, ČTK, TASR, MTI, Agerpres, Hina, Sipa, Sipa Press,
    Hans Lucas, Magnum Photos, ZUMA Press, Xinhua, Kyodo, Jiji Press, Yonhap, Anadolu, AA, DHA, İHA, PTI, ANI,
    SPL, PIXTA, photoAC, ТАСС, РИА Новости, Укрінформ, УНІАН,
    新华社, 视觉中国, 共同通信, 時事通信, アフロ, 연합뉴스, 뉴시스, 뉴스1,
    פלאש 90, Vimeo, YouTube, Giphy, EyeEm, ROPI, WENN, Rex Features, NurPhoto, SOPA Images, LightRocket,
    Press Association, Agence France-Presse, EPA-EFE, MAXPPP, laif, Ostkreuz, plainpicture, mauritius images,
    Westend61, akg-images, Bridgeman Images, Mary Evans Picture Library, TopFoto, SuperStock, Age Fotostock,
    Photocase, Zoonar, PantherMedia, Colourbox, StockFood, Twenty20, Panoramio, Geograph, Flaticon,
    Noun Project, Storyblocks, BioRender, Servier Medical Art, Radiopaedia, Science Source, Medical Images,
    Phanie, BSIP, PA Images, PA Wire, AP Images, ANSA Foto, ddp images, ullstein bild, Polaris Images,
    Redux Pictures, Contour, Sven Simon, Action Press, Photoshot, SWNS, Caters, Barcroft Media, Splash News,
    Press Eye, Inpho, Sportsfile, Avalon, Abaca Press, Bestimage, Panos Pictures, VII Photo, Gamma-Rapho,
    Roger-Viollet, Imaginechina, VCG, TASS, Sputnik, RIA Novosti, The Canadian Press, AAP, Photononstop,
    Cover Images, WireImage, Hulton Archive, FilmMagic, Universal Images Group, De Agostini, Popperfoto,
    Mirrorpix, Icon Sportswire, CQ Roll Call, Pacific Press, GoFundMe, LinkedIn, Twitter, TikTok, Reddit,
    dpa-Zentralbild, PA Media, ZUMA Wire, Snapwire, Scopio, Nappy, ISO Republic, Skitterphoto, FreeStocks,
    Negative Space, Wikihow, Clker, OpenClipart
"""
PLATFORMS = {name.lower(): name for name in " ".join(_NAMES.split()).split(", ")}
PLATFORMS |= {
    "commons": "Wikimedia Commons",
    "wikimedia": "Wikimedia Commons",
    "wiki commons": "Wikimedia Commons",
    "wikicommons": "Wikimedia Commons",
    "commons.wikimedia": "Wikimedia Commons",
    "the commons": "Flickr Commons",
    "flickr the commons": "Flickr Commons",
    "flickr/the commons": "Flickr Commons",
    "위키미디어 공용": "Wikimedia Commons",
    "викисклад": "Wikimedia Commons",
    "維基共享資源": "Wikimedia Commons",
    "维基共享资源": "Wikimedia Commons",
    "pixelio": "pixelio.de",
    "getty": "Getty Images",
    "gettyimages": "Getty Images",
    "getty image": "Getty Images",
    "stock.adobe": "Adobe Stock",
    "adobestock": "Adobe Stock",
    "istock by getty images": "iStock",
    "istock photo": "iStockphoto",
    "picture-alliance": "Picture Alliance",
    "science photo library ltd": "Science Photo Library",
    "sciencephoto": "Science Photo Library",
    "freedigitalphotos": "FreeDigitalPhotos.net",
    "flic.kr": "Flickr",
    "youtu.be": "YouTube",
    "pin.it": "Pinterest",
    "instagr.am": "Instagram",
    "associated press": "AP",
    "the associated press": "AP",
    "anadolu agency": "Anadolu",
    "anadolu ajansı": "Anadolu",
    "ap photo": "AP",
    "deposit photos": "Depositphotos",
    "dreams time": "Dreamstime",
    "shutter stock": "Shutterstock",
    "big stock": "BigStock",
    "photo library of the cdc": "CDC PHIL",
}
# Where people also are for other reasons than pictures: without a word like “Photo” a line is no credit by naming them.
NETWORKS = {
    "Instagram", "Facebook", "Pinterest", "Tumblr", "Canva", "LinkedIn", "Twitter", "TikTok", "Reddit", "YouTube",
    "Vimeo", "Wikihow", "GoFundMe", "Contour", "Sputnik", "Avalon", "Caters", "Bloomberg", "Nappy", "Burst",
}  # fmt: skip
# They make pictures, or are written in texts for other reasons: before a platform they are the creator.
MAKERS = {"WHO", "CDC", "NIH", "Library of Congress", "Wellcome Collection", "Wellcome Images", "Internet Archive"}
# What texts cite as well: “Source: WHO” is no credit for a picture.
CITED = {"WHO", "CDC", "NIH", "Reuters", "AP", "AFP", "dpa", "Bloomberg"}
# Where everybody may have an account, also somebody called “Pexels”.
COMMUNITIES = {
    "Flickr",
    "Unsplash",
    "Pixabay",
    "Pexels",
    "Wikimedia Commons",
    "DeviantArt",
    "Instagram",
    "500px",
    "Freepik",
}
# Their name alone under a picture is its credit.
STOCK = {
    "Shutterstock", "iStock", "Getty Images", "Adobe Stock", "Fotolia", "Depositphotos", "Dreamstime", "123RF",
    "Thinkstock", "Alamy", "pixelio.de", "Unsplash", "Pixabay", "Pexels", "Wikimedia Commons",
}  # fmt: skip
# Parts of an agency, known by that only beside its name: “E+/Getty Images”.
COLLECTIONS = {
    name.lower(): name
    for name in (
        "E+", "Moment", "Moment RF", "Moment Open", "DigitalVision", "Digital Vision", "OJO Images", "Cultura RF",
        "Tetra Images", "Blend Images", "Image Source", "PhotoAlto", "Hemera", "Stockbyte", "Photodisc",
        "The Image Bank", "Stone", "Stone RF", "Vetta", "Hero Images", "Caiaimage", "Rex", "Pool",
    )
}  # fmt: skip
_SUFFIX = re.compile(r"\.(?:com|net|org|de|co\.uk|io)$")
_GOODS = re.compile(
    r"\s(?:(?:stock\s)?(?:photos?|images?|vectors?|videos?)|live\snews|photostream|licen[cs]e|creative\scommons|cc)$"
)


def platform(words: str) -> str:
    """The platform or agency that words name, as it is written properly; "" if they name none."""
    key = words.strip(" .,;:()[]©\"“”'@").lower()
    for name in (key, _SUFFIX.sub("", key), _GOODS.sub("", key)):
        if name in PLATFORMS:
            return PLATFORMS[name]
    return ""


def is_abbreviation(place: str) -> bool:
    """Whether an agency’s name is letters that mean other things as well: “PA” is also an assistant."""
    return 2 <= len(place) <= 4 and place.isupper() and place not in ("AFP", "EFE", "UPI", "ROPI", "WENN", "SWNS")


def platform_of(url: str) -> str:
    """The platform that an address belongs to."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).split("/")[0]
    labels = host.split(".")
    return next(filter(None, (platform(".".join(labels[start:])) for start in range(len(labels) - 1))), "")


PLATFORM_PATTERN = "|".join(re.escape(name) for name in sorted(PLATFORMS, key=len, reverse=True))
