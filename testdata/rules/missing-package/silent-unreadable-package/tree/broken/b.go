package 

import (
