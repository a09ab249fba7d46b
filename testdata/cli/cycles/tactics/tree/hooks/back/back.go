package back

import _ "example.com/mill/hub/codec"
