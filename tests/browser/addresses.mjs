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
  { name: "indicators", path: "/indicators" },
  { name: "indicators filtered", path: "/indicators?group=economy&tier=core" },
  { name: "indicator with a plot", path: "/indicators/EC.ICT.ICT.1C" },
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
