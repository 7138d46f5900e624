// The whole of libyaml's C interface; Plumb uses its event parser only.
#ifndef PLUMB_CLIBYAML_H
#define PLUMB_CLIBYAML_H

#include <yaml.h>

#endif
