"""Words that run names are made of: short, plain, easy to type."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ADJECTIVES = _words(
    "amber bold brave bright brisk calm clear cool crisp deep eager early easy fair fast fine first fond fresh gentle "
    "glad gold grand green happy high keen kind late light lively long lucky mellow merry mild misty neat new noble "
    "north open pale plain polar proud pure quick quiet rapid rare ready red rich ripe round royal sharp shy silent "
    "silver slow small smart smooth snowy soft solid south steady still sunny sweet swift tall tidy true vast vivid "
    "warm west white wide wild wise young"
)
NOUNS = _words(
    "acorn anchor apple arrow ash badger bay beach bear beaver birch bird brook canyon castle cave cedar cliff cloud "
    "clover comet coral cove crane creek crow dale dawn deer delta dove dune eagle elm ember falcon fern field finch "
    "fjord forest fox frost garden glade glen grove harbor hare hawk hazel heron hill island ivy jay juniper lagoon "
    "lake lark leaf lily lion lynx maple marsh meadow mesa mill moon moss oak ocean olive orchid otter owl palm peak "
    "pearl pebble pine pond poplar prairie rain raven reef ridge river robin rose sage sand sea shell shore sky snow "
    "sparrow spring star stone stream summit sun swan thistle tide tiger trail tulip valley wave willow wind wolf "
    "wren"
)
