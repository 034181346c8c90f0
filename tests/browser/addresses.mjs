// SPDX-License-Identifier: AGPL-3.0-or-later
// One address of each kind of page, and of each state it can be in.
export const ADDRESSES = [
  { name: "home", path: "/" },
  { name: "cities", path: "/cities" },
  { name: "cities of one country", path: "/cities?country=NO&figures=yes" },
  { name: "cities in a part of the map", path: "/cities?view=europe" },
  { name: "cities around a city", path: "/cities?near=molde" },
  { name: "search with results", path: "/cities?q=water" },
  { name: "search without results", path: "/cities?q=qqqqqq" },
  { name: "city with many figures", path: "/cities/riyadh" },
  { name: "city with few figures", path: "/cities/pully" },
  { name: "city with nothing reported", path: "/cities/rana" },
  { name: "city without figures", path: "/cities/bodo" },
  { name: "how a city is computed", path: "/cities/riyadh/explained" },
  { name: "comparing, the form", path: "/compare" },
  { name: "comparing two cities", path: "/compare?city1=riyadh&year1=2020&city2=alesund&year2=2020&targets=open" },
  { name: "comparing four cities by group", path: "/compare?city1=riyadh&city2=alesund&city3=karmoy&city4=moscow&sort=framework" },
  { name: "comparing what is not there", path: "/compare?city1=ryadh&city2=moscow&year2=1999", status: 404 },
  { name: "indicators", path: "/indicators" },
  { name: "indicators filtered", path: "/indicators?group=economy&tier=core" },
  { name: "indicator with a plot", path: "/indicators/EC.ICT.ICT.1C" },
  { name: "indicator, come from a city", path: "/indicators/EC.P.IN.2C?city=riyadh" },
  { name: "indicator of several data points", path: "/indicators/EN.EN.AQ.1C" },
  { name: "method", path: "/method" },
  { name: "downloads", path: "/downloads" },
  { name: "downloads, asked for a file that a job makes", path: "/figures.xlsx" },
  { name: "accessibility", path: "/accessibility" },
  { name: "unknown page", path: "/cities/nowhere", status: 404 },
  { name: "unknown year", path: "/cities/riyadh?year=1999", status: 404 },
  { name: "unknown part of the map", path: "/cities?view=atlantis", status: 404 },
  { name: "bad year", path: "/cities/riyadh?year=soon", status: 400 },
];

export const WIDTHS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
