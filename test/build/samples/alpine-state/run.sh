#!/bin/sh
exec httpd -f -p 18080 -h /srv/data
