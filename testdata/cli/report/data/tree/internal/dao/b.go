package dao

import _ "example.com/m/internal/service" // </script><img src=x>
