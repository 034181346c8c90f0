/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framework_faults_test.c - every way to get a framework wrong, and what is then said. */
#include "framework/framework_testing.h"

#include <string.h>

/* One change to tests/data/framework-small, and the fault it makes. A want that begins with
 * "warning: " does not keep the framework from being loaded. */
typedef struct {
    const char *label;
    const char *file;
    const char *find;    /* NULL: the whole file */
    const char *replace; /* NULL: the file is taken away */
    const char *want;
} Case;

static const Case FILES[] = {
    {"a framework needs its framework.json", "framework.json", NULL, NULL,
     "framework.json: is missing; add this file; docs/framework-format.md says what stands in it"},
    {"a framework needs its KPIs", "kpis.csv", NULL, NULL,
     "kpis.csv: is missing; add this file; docs/framework-format.md says what stands in it"},
    {"a framework needs its data points", "data_points.csv", NULL, NULL,
     "data_points.csv: is missing; add this file; docs/framework-format.md says what stands in it"},
    {"a mistyped file name is noticed", "kpi.csv", NULL, "id\n",
     "warning: kpi.csv: is not a file of a framework and is not read; did you mean kpis.csv?"},
    {"without targets nothing is scored", "targets/town.csv", NULL, NULL,
     "warning: targets/NAME.csv: is missing: nothing will be scored; add a target set, for example "
     "targets/open.csv\n"
     "warning: lang/fr.csv, line 10, column id: \"w1.tap\" is not in the framework; correct the id "
     "or delete the row"},
    {"an empty file has no header", "kpis.csv", NULL, "",
     "kpis.csv: is empty; give a file whose first line names the columns"},
    {"a header alone has no KPI", "kpis.csv", NULL, "id,name,theme,topic,direction\n",
     "kpis.csv: has no KPI; add a row a KPI below the header"},
    {"Latin-1 is refused", "kpis.csv", "Pavements", "Pavements\xe9",
     "kpis.csv, line 2: byte 0xE9 is not UTF-8 (the file may be Latin-1 or Windows-1252); save it "
     "as \"CSV UTF-8\" and try again"},
    {"a row with a field too many", "kpis.csv", "S2,Night lighting,", "S2,Night lighting,,",
     "kpis.csv, line 3: has 9 fields, the header has 8; put fields that contain the separator in "
     "quotes"},
    {"an open quote", "kpis.csv", "S2,Night", "S2,\"Night",
     "kpis.csv, line 3: has a quote that is never closed; put the whole field in quotes and write "
     "each quote inside it twice"},
};

static const Case JSON[] = {
    {"not JSON", "framework.json", "\"version\": \"1\",", "\"version\": \"1\"",
     "framework.json, line 4, column 8: is not JSON: '}' expected near '\"name\"'; look for a "
     "missing comma, quote or bracket there or just before"},
    {"a key given twice", "framework.json", "\"version\": \"1\",",
     "\"version\": \"1\", \"version\": \"2\",",
     "framework.json, line 3, column 27: is not JSON: duplicate object key near '\"version\"'; "
     "look for a missing comma, quote or bracket there or just before"},
    {"empty bytes", "framework.json", NULL, "",
     "framework.json, line 1: is not JSON: '[' or '{' expected near end of file; look for a "
     "missing comma, quote or bracket there or just before"},
    {"not an object", "framework.json", NULL, "[1]",
     "framework.json, line 1: is a list; write an object: { ... }"},
    {"a mistyped key", "framework.json", "\"licence\"", "\"license\"",
     "framework.json, line 6, column license: is not a key of this file; did you mean licence?"},
    {"an unknown key deep inside", "framework.json", "\"plural\": \"Topics\"",
     "\"many\": \"Topics\"",
     "framework.json, line 10, column levels[1].many: is not a key of this file; the keys here are "
     "id, name or plural"},
    {"no version", "framework.json", "\"version\": \"1\",", "",
     "framework.json, line 1, column version: is missing; add it: a text in quotes"},
    {"a version that is a number", "framework.json", "\"version\": \"1\"", "\"version\": 1",
     "framework.json, line 3, column version: is a number; write a text in quotes"},
    {"a version with a blank", "framework.json", "\"version\": \"1\"", "\"version\": \"1 b\"",
     "framework.json, line 3, column version: \"1 b\" has a blank; use letters, digits and points, "
     "such as 2017.1"},
    {"an empty name", "framework.json", "\"Small town check\"", "\"\"",
     "framework.json, line 4, column name: is empty; write a text"},
    {"an id with odd characters", "framework.json", "\"small-town\"", "\"small/town\"",
     "framework.json, line 2, column id: \"small/town\" has the character /; use letters from a to "
     "z, digits, point, hyphen and underscore"},
    {"levels that are no list", "framework.json", "\"sources\": [\"Invented for this page\"]",
     "\"sources\": \"Invented\"",
     "framework.json, line 7, column sources: is a text; write a list: [ ... ]"},
    {"a level without a name", "framework.json", "\"name\": \"Topic\", ", "",
     "framework.json, line 10, column levels[1].name: is missing; add it: a text in quotes"},
    {"a level named like a column", "framework.json", "{\"id\": \"topic\"", "{\"id\": \"notes\"",
     "framework.json, line 10, column levels[1]: \"notes\" is a column of kpis.csv already; give "
     "the level another id\n"
     "kpis.csv, line 1, column notes: is missing; add this column"},
    {"a level twice", "framework.json", "{\"id\": \"topic\"", "{\"id\": \"theme\"",
     "framework.json, line 10, column levels[1]: \"theme\" stands there twice; give each level its "
     "own id"},
    {"an unknown rule of scoring", "framework.json", "\"arithmetic\"", "\"aritmetic\"",
     "framework.json, line 13, column scoring.rule: \"aritmetic\" is not a rule of scoring; did "
     "you mean arithmetic?"},
    {"bands that fall", "framework.json", "\"below\": 80", "\"below\": 40",
     "framework.json, line 16, column scoring.bands[1].below: does not rise; give the bands from "
     "the lowest to the highest, each ending above the one before, up to 100"},
    {"a last band with an end", "framework.json", "{\"label\": \"good\"}",
     "{\"below\": 100, \"label\": \"good\"}",
     "framework.json, line 17, column scoring.bands[2].below: ends the last band; leave it out: "
     "the last band goes up to 100"},
    {"a band without an end", "framework.json", "\"below\": 80, ", "",
     "framework.json, line 16, column scoring.bands[1].below: is missing; add it: a number"},
    {"years the wrong way round", "framework.json", "\"first\": 2000", "\"first\": 2050",
     "framework.json, line 20, column years: end before they begin; put the earlier year first"},
    {"a year with two digits", "framework.json", "\"first\": 2000", "\"first\": 20",
     "framework.json, line 20, column years.first: is not a year; write four digits, such as 2017"},
    {"a weight of zero", "framework.json", "\"weight\": 2", "\"weight\": 0",
     "framework.json, line 22, column weights[0]: has a weight that is not above 0; write a number "
     "above 0"},
    {"a weight for an unknown group", "framework.json", "\"name\": \"Water\"",
     "\"name\": \"Watre\"",
     "framework.json, line 22, column weights[0]: \"Watre\" is not a group of that level; write a "
     "name as it stands in kpis.csv"},
    {"a weight for an unknown level", "framework.json", "\"level\": \"theme\"",
     "\"level\": \"area\"",
     "framework.json, line 22, column weights[0]: \"area\" is not a level; write the id of a "
     "level"},
    {"weights without continuous scoring", "framework.json", "\"arithmetic\"", "\"points\"",
     "warning: kpis.csv, line 6, column weight: \"2\" has no effect; scoring by points counts "
     "every "
     "data point alike: leave it empty\n"
     "warning: framework.json, line 22, column weights[0]: \"Water\" has no effect; scoring by "
     "points counts every data point alike: leave weights out"},
    {"tiers, but none in the KPIs", "framework.json", "\"years\"",
     "\"tiers\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", \"name\": \"B\"}], \"years\"",
     "kpis.csv, line 2, column tier: is empty; write a or b\n"
     "kpis.csv, line 3, column tier: is empty; write a or b\n"
     "kpis.csv, line 4, column tier: is empty; write a or b\n"
     "kpis.csv, line 5, column tier: is empty; write a or b\n"
     "kpis.csv, line 6, column tier: is empty; write a or b\n"
     "kpis.csv, line 7, column tier: is empty; write a or b\n"
     "kpis.csv, line 8, column tier: is empty; write a or b\n"
     "kpis.csv, line 9, column tier: is empty; write a or b"},
    {"classes out of order", "framework.json", "\"years\"",
     "\"qualities\": [{\"class\": 2, \"name\": \"A\"}], \"years\"",
     "framework.json, line 20, column qualities[0].class: is out of order; number the classes 1, "
     "2, 3 ... from the best to the worst"},
};

static const Case KPIS[] = {
    {"a mistyped column", "kpis.csv", "definition,", "defintion,",
     "kpis.csv, line 1, column defintion: is not a column of this file; did you mean definition?"},
    {"a missing level", "kpis.csv", ",topic,", ",theme2,",
     "kpis.csv, line 1, column topic: is missing; add this column\n"
     "kpis.csv, line 1, column theme2: is not a column of this file; did you mean theme?"},
    {"an id twice", "kpis.csv", "\nS3,", "\nS1,",
     "kpis.csv, line 4, column id: \"S1\" stands on line 2 already; keep one of the two rows\n"
     "data_points.csv, line 4, column kpi: \"S3\" is not in kpis.csv; write the id of a row in "
     "kpis.csv"},
    {"ids that differ in case only", "kpis.csv", "\nS3,", "\ns1,",
     "kpis.csv, line 4, column id: \"s1\" stands on line 2 already; keep one of the two rows\n"
     "data_points.csv, line 4, column kpi: \"S3\" is not in kpis.csv; write the id of a row in "
     "kpis.csv"},
    {"no id", "kpis.csv", "\nS3,", "\n,",
     "kpis.csv, line 4, column id: is empty; use letters from a to z, digits, point, hyphen and "
     "underscore\n"
     "data_points.csv, line 4, column kpi: \"S3\" is not in kpis.csv; write the id of a row in "
     "kpis.csv"},
    {"an id with a blank", "kpis.csv", "\nS3,", "\nS 3,",
     "kpis.csv, line 4, column id: \"S 3\" has a blank; use letters from a to z, digits, point, "
     "hyphen and underscore\n"
     "data_points.csv, line 4, column kpi: \"S3\" is not in kpis.csv; write the id of a row in "
     "kpis.csv"},
    {"an id with a letter outside a to z", "kpis.csv", "\nS3,", "\nSé,",
     "kpis.csv, line 4, column id: \"Sé\" has the character é; use letters from a to z, digits, "
     "point, hyphen and underscore\n"
     "data_points.csv, line 4, column kpi: \"S3\" is not in kpis.csv; write the id of a row in "
     "kpis.csv"},
    {"no name", "kpis.csv", "S3,Road deaths,", "S3,,",
     "kpis.csv, line 4, column name: is empty; fill it in"},
    {"no group", "kpis.csv", "Streets,Light,", "Streets,,",
     "kpis.csv, line 3, column topic: is empty; fill it in"},
    {"an unknown direction", "kpis.csv", ",higher,Ask", ",hihger,Ask",
     "kpis.csv, line 2, column direction: \"hihger\" is not a direction; did you mean higher?"},
    {"no direction", "kpis.csv", ",higher,Ask", ",,Ask",
     "kpis.csv, line 2, column direction: is empty; write higher, lower, target or neutral"},
    {"no definition", "kpis.csv", "Whether every street is lit at night.", "",
     "warning: kpis.csv, line 3, column definition: is empty; say in a sentence what is measured"},
    {"a weight below zero", "kpis.csv", "tap water.,higher,,2", "tap water.,higher,,-2",
     "kpis.csv, line 6, column weight: \"-2\" is not above 0; write a number above 0"},
    {"a KPI without a data point", "kpis.csv", "\nS2,",
     "\nS9,New,Streets,Light,What.,higher,,\nS2,",
     "kpis.csv, line 3, column id: \"S9\" has no data point; add its data points to "
     "data_points.csv"},
};

static const Case DATA_POINTS[] = {
    {"an unknown KPI", "data_points.csv", "w2.loss,W2,", "w2.loss,W22,",
     "data_points.csv, line 7, column kpi: \"W22\" is not in kpis.csv; write the id of a row in "
     "kpis.csv\n"
     "kpis.csv, line 7, column id: \"W2\" has no data point; add its data points to "
     "data_points.csv"},
    {"no KPI", "data_points.csv", "w2.loss,W2,", "w2.loss,,",
     "data_points.csv, line 7, column kpi: is empty; write the id of a KPI\n"
     "kpis.csv, line 7, column id: \"W2\" has no data point; add its data points to "
     "data_points.csv"},
    {"an id twice", "data_points.csv", "w1.tap,W1", "W2.loss,W1",
     "data_points.csv, line 7, column id: \"w2.loss\" stands on line 6 already; keep one of the "
     "two rows\n"
     "targets/town.csv, line 6, column data_point_id: \"w1.tap\" is not in data_points.csv; write "
     "the id of a row in data_points.csv\n"
     "targets/town.csv, line 7, column data_point_id: \"w2.loss\" is not in data_points.csv; did "
     "you mean W2.loss?\n"
     "checks.csv, line 2, column data_points: \"w2.loss\" is not in data_points.csv; did you mean "
     "W2.loss?\n"
     "checks.csv, line 3, column data_points: \"w1.tap\" is not in data_points.csv; write the id "
     "of a row in data_points.csv"},
    {"an id that is a column of figures", "data_points.csv", "w2.loss,", "year,",
     "data_points.csv, line 7, column id: \"year\" is a column of the files of figures; give the "
     "data point another id\n"
     "targets/town.csv, line 7, column data_point_id: \"w2.loss\" is not in data_points.csv; write "
     "the id of a row in data_points.csv\n"
     "checks.csv, line 2, column data_points: \"w2.loss\" is not in data_points.csv; write the id "
     "of a row in data_points.csv"},
    {"an id that is too long", "data_points.csv", "w2.loss,",
     "w2.loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-"
     "loss-loss-loss,",
     "data_points.csv, line 7, column id: "
     "\"w2.loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-loss-lo…\" is "
     "longer than 100 characters; use letters from a to z, digits, point, hyphen and underscore\n"
     "targets/town.csv, line 7, column data_point_id: \"w2.loss\" is not in data_points.csv; write "
     "the id of a row in data_points.csv\n"
     "checks.csv, line 2, column data_points: \"w2.loss\" is not in data_points.csv; write the id "
     "of a row in data_points.csv"},
    {"a number that is none", "data_points.csv", "All homes,100,", "All homes,hundred,",
     "data_points.csv, line 6, column factor: \"hundred\" is not a number; write digits with a "
     "point, for example 97.5"},
    {"a number that is not finite", "data_points.csv", "All homes,100,", "All homes,inf,",
     "data_points.csv, line 6, column factor: \"inf\" is not a finite number; write digits, or "
     "leave it empty where there is no limit"},
    {"a factor of zero", "data_points.csv", "All homes,100,", "All homes,0,",
     "data_points.csv, line 6, column factor: \"0\" makes every value 0; write 1, 100 for percent, "
     "or another number"},
    {"min above max", "data_points.csv", "All homes,100,%,0,100,", "All homes,100,%,200,100,",
     "data_points.csv, line 6, column min: \"200\" is above max; put the smaller number in min\n"
     "warning: targets/town.csv, line 6, column target: \"100\" lies outside min and max of the "
     "data point: nobody can reach it exactly; check target, min and max"},
    {"yes_no beyond 0 and 1", "data_points.csv", "yes/no,0,1", "yes/no,0,100",
     "data_points.csv, line 3, column unit: \"yes/no\" goes from 0 to 1 only; write 0 in min and 1 "
     "in max, or leave them empty"},
    {"no unit", "data_points.csv", "1,number,", "1,,",
     "data_points.csv, line 9, column unit: is empty; fill it in"},
    {"no label", "data_points.csv", "w2.loss,W2,Water lost", "w2.loss,W2,",
     "data_points.csv, line 7, column label: is empty; fill it in"},
    {"a denominator without a numerator", "data_points.csv",
     "Homes with tap water,Homes with tap water", "Homes with tap water,",
     "data_points.csv, line 6, column numerator: is empty; say what is divided by the denominator"},
    {"an unknown direction", "data_points.csv", "All homes,100,%,0,100,",
     "All homes,100,%,0,100,up",
     "data_points.csv, line 6, column direction: \"up\" is not a direction; write higher, lower, "
     "target or neutral"},
    {"a weight with nothing to weigh against", "data_points.csv",
     "min,max,direction\ns1.pavement,S1,Streets with pavements,Length of streets with pavements "
     "(km),"
     "Length of all streets (km),100,%,0,100,\n",
     "min,max,weight\ns1.pavement,S1,Streets with pavements,Length of streets with pavements (km),"
     "Length of all streets (km),100,%,0,100,2\n",
     "warning: data_points.csv, line 2, column weight: has no effect: the KPI has no other data "
     "point; weigh the KPI in kpis.csv, or leave it empty"},
};

static const Case TARGETS[] = {
    {"an unknown data point", "targets/town.csv", "w2.loss,", "w2.los,",
     "targets/town.csv, line 7, column data_point_id: \"w2.los\" is not in data_points.csv; did "
     "you mean w2.loss?"},
    {"a data point twice", "targets/town.csv", "w2.loss,", "w1.tap,",
     "targets/town.csv, line 7, column data_point_id: \"w1.tap\" stands on line 6 already; keep "
     "one of the two rows"},
    {"an unknown rule", "targets/town.csv", "lower_range", "lower_rnge",
     "targets/town.csv, line 7, column rule: \"lower_rnge\" is not a rule; did you mean "
     "lower_range?"},
    {"no rule", "targets/town.csv", "lower_range", "",
     "targets/town.csv, line 7, column rule: is empty; write a rule; none for a data point that is "
     "not scored"},
    {"no target", "targets/town.csv", "higher,90,", "higher,,",
     "targets/town.csv, line 2, column target: is empty, but the rule higher needs it; write a "
     "number"},
    {"no worst value", "targets/town.csv", "lower_range,10,50,", "lower_range,10,,",
     "targets/town.csv, line 7, column worst: is empty, but the rule lower_range needs it; write a "
     "number"},
    {"worst at the target", "targets/town.csv", "lower_range,10,50,", "lower_range,50,50,",
     "targets/town.csv, line 7, column worst: \"50\" is not above the target; write a number above "
     "the target"},
    {"bands the wrong way round", "targets/town.csv", "bands,1.2,1.6", "bands,1.6,1.2",
     "targets/town.csv, line 5, column worst: \"1.2\" is not above the target; write a number "
     "above the target"},
    {"a worst value nobody uses", "targets/town.csv", "higher,90,,", "higher,90,10,",
     "targets/town.csv, line 2, column worst: \"10\" is not used by the rule higher; leave it "
     "empty, or write another rule"},
    {"a target for none", "targets/town.csv", "none,,", "none,5,",
     "targets/town.csv, line 9, column target: \"5\" is not used by the rule none; leave it empty, "
     "or write another rule"},
    {"a target of zero where values are divided by it", "targets/town.csv", "higher,90,",
     "higher,0,",
     "targets/town.csv, line 2, column target: \"0\" cannot be the target of the rule higher: "
     "values are divided by it; write a number above 0, or the rule lower_range if 0 is the best"},
    {"a target of zero that nobody can miss by a little", "targets/town.csv", "lower_zero,2.5",
     "lower_zero,0",
     "warning: targets/town.csv, line 4, column target: \"0\" gives every value above 0 a share of "
     "0; write the rule lower_range with a worst value for a gradual scale"},
    {"yes_no with another target", "targets/town.csv", "yes_no,1", "yes_no,5",
     "targets/town.csv, line 3, column target: \"5\" is not the target of the rule yes_no; write 1 "
     "or leave it empty"},
    {"yes_no for a percentage", "targets/town.csv", "higher,90,,", "yes_no,1,,",
     "targets/town.csv, line 2, column rule: \"yes_no\" is for data points with the unit yes/no "
     "only; write another rule, or correct the unit of the data point"},
    {"another rule for a yes or no", "targets/town.csv", "yes_no,1", "higher,1",
     "targets/town.csv, line 3, column rule: \"higher\" is not for data points with the unit "
     "yes/no; write yes_no or none"},
    {"another unit", "targets/town.csv", "lower_range,10,50,%", "lower_range,10,50,m3",
     "targets/town.csv, line 7, column unit: \"m3\" is not the unit of w2.loss; give the target in "
     "%"},
    {"a target beyond max", "targets/town.csv", "higher,90,", "higher,190,",
     "warning: targets/town.csv, line 2, column target: \"190\" lies outside min and max of the "
     "data point: nobody can reach it exactly; check target, min and max"},
    {"a rule against the direction", "targets/town.csv", "lower_range,10,50,", "higher,10,,",
     "warning: targets/town.csv, line 7, column rule: \"higher\" goes against the direction of the "
     "data point; check which way is better"},
    {"a target without a source", "targets/town.csv", "higher,90,,%,Town council 2021",
     "higher,90,,%,",
     "warning: targets/town.csv, line 2, column source: is empty; say where the target comes from, "
     "also when it is your own judgement"},
    {"a decimal comma between commas", "targets/town.csv", "bands,1.2,1.6", "bands,\"1,2\",1.6",
     "targets/town.csv, line 5, column target: \"1,2\" has a comma as decimal sign; write digits "
     "with a point, for example 97.5"},
};

static const Case OTHERS[] = {
    {"a unit of an unknown data point", "units.csv", "s3.deaths", "s3.death",
     "units.csv, line 3, column data_point_id: \"s3.death\" is not in data_points.csv; did you "
     "mean s3.deaths?"},
    {"a unit that is not the data point's", "units.csv", "s3.deaths,per 100 000 inhabitants",
     "s3.deaths,%",
     "units.csv, line 3, column unit: \"%\" is not the unit of s3.deaths; write per 100 000 "
     "inhabitants"},
    {"a unit nobody has", "units.csv", "*,%,", "*,furlongs,",
     "warning: units.csv, line 2, column unit: \"furlongs\" is the unit of no data point; correct "
     "it or delete the row"},
    {"a wording twice", "units.csv", "*,%,per cent", "*,%,per cent\n*,%,Per  cent",
     "units.csv, line 3, column equal_wording: \"Per  cent\" stands there already; keep one of the "
     "two rows"},
    {"an empty wording", "units.csv", "*,%,per cent", "*,%,",
     "units.csv, line 2, column equal_wording: is empty; fill it in"},
    {"an unknown kind of check", "checks.csv", "tap-above-pavement,order",
     "tap-above-pavement,ordr",
     "checks.csv, line 3, column kind: \"ordr\" is not a kind of check; did you mean order?"},
    {"an unknown severity", "checks.csv", ",,warning,Water", ",,warn,Water",
     "checks.csv, line 2, column severity: \"warn\" is not a severity; write note, warning or "
     "error"},
    {"a check of an unknown data point", "checks.csv", "w1.tap | s1.pavement",
     "w1.tap | s1.pavment",
     "checks.csv, line 3, column data_points: \"s1.pavment\" is not in data_points.csv; did you "
     "mean s1.pavement?"},
    {"an order of one", "checks.csv", "w1.tap | s1.pavement", "w1.tap",
     "checks.csv, line 3, column data_points: \"w1.tap\" names 1 data point, the kind order needs "
     "2 or more; write their ids, separated by \" | \""},
    {"an order of different units", "checks.csv", "w1.tap | s1.pavement", "w1.tap | s3.deaths",
     "checks.csv, line 3, column data_points: \"w1.tap | s3.deaths\" compares s3.deaths in per 100 "
     "000 inhabitants with w1.tap in %; name data points of one unit"},
    {"an order that names one twice", "checks.csv", "w1.tap | s1.pavement",
     "w1.tap | s1.pavement | w1.tap",
     "checks.csv, line 3, column data_points: \"w1.tap | s1.pavement | w1.tap\" names w1.tap "
     "twice; take it out of the list"},
    {"a limit that is none", "checks.csv", "1..70", "1-70",
     "checks.csv, line 2, column limit: \"1-70\" is not a limit; write the lowest and the highest "
     "allowed: 98..102, ..5 or 90.."},
    {"a limit that is empty", "checks.csv", "1..70", "",
     "checks.csv, line 2, column limit: is empty, but the kind range needs it; write 98..102, ..5 "
     "or 90.."},
    {"a limit without ends", "checks.csv", "1..70", "..",
     "checks.csv, line 2, column limit: \"..\" is not a limit; write the lowest and the highest "
     "allowed: 98..102, ..5 or 90.."},
    {"a limit the wrong way round", "checks.csv", "1..70", "70..1",
     "checks.csv, line 2, column limit: \"70..1\" ends before it begins; put the smaller number "
     "first"},
    {"a limit nobody uses", "checks.csv", "sourced,sourced,*,", "sourced,sourced,*,1..",
     "checks.csv, line 6, column limit: \"1..\" is not used by the kind sourced; leave it empty"},
    {"an unknown base figure", "checks.csv", "population_100000", "population_1000",
     "checks.csv, line 4, column base: \"population_1000\" is not a base figure; did you mean "
     "population_100000?"},
    {"no base figure", "checks.csv", "population_100000", "",
     "checks.csv, line 4, column base: is empty, but the kind denominator needs it; write "
     "population, population_100000, households, area_km2, gdp or currency"},
    {"a base figure nobody uses", "checks.csv", "1..70,,", "1..70,gdp,",
     "checks.csv, line 2, column base: \"gdp\" is not used by the kind range; leave it empty"},
    {"a denominator that is a word", "checks.csv", "population_100000", "currency",
     "checks.csv, line 4, column base: \"currency\" is not a number; only the kind base_stated can "
     "ask for the currency"},
    {"a ratio without a denominator", "checks.csv", "denominator,s3.deaths",
     "denominator,w4.fountains",
     "checks.csv, line 4, column data_points: \"w4.fountains\" names w4.fountains, which has no "
     "denominator; take it out of the list"},
    {"a check without a message", "checks.csv",
     "Few deaths stand behind this rate. Read it over several years.", "",
     "checks.csv, line 5, column message: is empty; say what is wrong and what to do"},
    {"data points for a check of the base figure", "checks.csv", "denominator,s3.deaths",
     "base_change,s3.deaths",
     "checks.csv, line 4, column data_points: \"s3.deaths\" is not used by the kind base_change; "
     "leave it empty"},
    {"a translation of nothing", "lang/fr.csv", "group,Water,", "grup,Water,",
     "lang/fr.csv, line 5, column subject: \"grup\" is nothing that can be translated; write "
     "framework, level, tier, quality, group, kpi, data_point, check, lens, lens_group, target:SET "
     "or lens:LENS"},
    {"a translation of an unknown text", "lang/fr.csv", "group,Water,name", "group,Water,plural",
     "lang/fr.csv, line 5, column field: \"plural\" is not a text of that subject; write name; a "
     "list takes a number: verification_checks.1"},
    {"a list without a number", "lang/fr.csv", "verification_checks.1", "verification_checks",
     "lang/fr.csv, line 7, column field: \"verification_checks\" is not a text of that subject; "
     "write name, definition, rationale, benchmark_note, notes, typical_sources or "
     "verification_checks; a list takes a number: verification_checks.1"},
    {"a translation twice", "lang/fr.csv", "level,theme,plural", "level,theme,name",
     "lang/fr.csv, line 4, column id: \"theme\" is translated twice; keep one of the two rows"},
    {"a translation that is left over", "lang/fr.csv", "w1.tap,label", "w1.gone,label",
     "warning: lang/fr.csv, line 8, column id: \"w1.gone\" is not in the framework; correct the id "
     "or delete the row"},
};

static const struct {
    const char *path;
    const Case *cases;
    size_t n;
} TABLES[] = {
    {"files", FILES, G_N_ELEMENTS(FILES)},
    {"framework.json", JSON, G_N_ELEMENTS(JSON)},
    {"kpis.csv", KPIS, G_N_ELEMENTS(KPIS)},
    {"data_points.csv", DATA_POINTS, G_N_ELEMENTS(DATA_POINTS)},
    {"targets", TARGETS, G_N_ELEMENTS(TARGETS)},
    {"units, checks, translations", OTHERS, G_N_ELEMENTS(OTHERS)},
};

static char *
faults_text(const GhFaults *faults)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < gh_faults_n_listed(faults); i++) {
        const GhFault *fault = gh_faults_peek(faults, i);
        g_autofree char *line = gh_fault_format(fault, gh_lang_source());
        g_string_append_printf(text, "%s%s%s", i > 0 ? "\n" : "",
                               fault->kind == GH_FAULT_WARNING ? "warning: " : "", line);
    }
    return g_string_free(text, FALSE);
}

static void
test_case(const void *data)
{
    const Case *row = data;
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_autoptr(GError) error = NULL;

    gh_framework_testing_edit(files, row->file, row->find, row->replace);
    g_autoptr(GhFramework) framework = gh_framework_parse(files, faults, &error);
    g_autofree char *got = faults_text(faults);
    g_assert_cmpstr(got, ==, row->want);

    g_assert_cmpint(framework == NULL, ==, gh_faults_n_errors(faults) > 0);
    if (framework == NULL)
        g_assert_error(error, GH_FRAMEWORK_ERROR, GH_FRAMEWORK_ERROR_FAULTS);
    else
        g_assert_no_error(error);
}

/* Transport lies in ICT and in Infrastructure (SN-Aukra p. 4): fine for points, not for means. */
static void
test_straddling_groups(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = gh_framework_files_from_dir("builtin:u4ssc", &error);
    g_autoptr(GhFaults) faults = gh_faults_new();
    g_assert_no_error(error);

    gh_framework_testing_edit(files, "framework.json", "\"points\"", "\"geometric\"");
    g_assert_null(gh_framework_parse(files, faults, NULL));
    g_autofree char *got = faults_text(faults);
    g_assert_nonnull(strstr(got, "column category: \"Transport\" lies in two groups of the level"
                                 " above; continuous scoring goes level by level"));
}

static void
test_all_at_once(void)
{
    g_autoptr(GPtrArray) files = gh_framework_testing_small();
    g_autoptr(GhFaults) faults = gh_faults_new();

    gh_framework_testing_edit(files, "framework.json", "\"first\": 2000", "\"first\": 20");
    gh_framework_testing_edit(files, "kpis.csv", ",higher,Ask", ",hihger,Ask");
    gh_framework_testing_edit(files, "data_points.csv", "w2.loss,W2,", "w2.loss,W22,");
    gh_framework_testing_edit(files, "targets/town.csv", "higher,90,", "higher,,");
    gh_framework_testing_edit(files, "checks.csv", "1..70", "1-70");
    g_assert_null(gh_framework_parse(files, faults, NULL));
    /* W2 has no data point any more: six in all. */
    g_assert_cmpuint(gh_faults_n_errors(faults), ==, 6);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/framework faults/faults of all files are told at once", test_all_at_once);
    g_test_add_func("/framework faults/a group in two groups of the level above cannot be averaged",
                    test_straddling_groups);
    for (size_t t = 0; t < G_N_ELEMENTS(TABLES); t++)
        for (size_t i = 0; i < TABLES[t].n; i++) {
            const Case *row = &TABLES[t].cases[i];
            g_autofree char *path =
                g_strdup_printf("/framework faults/%s/%s", TABLES[t].path, row->label);
            g_test_add_data_func(path, row, test_case);
        }
    return g_test_run();
}
