package a

import (
