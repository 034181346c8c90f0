/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lang_plural.c - a parser by precedence climbing, and a walk over its tree. */
#include "base/lang_plural.h"

#include <string.h>

#include "base/lang.h"

typedef enum {
    OP_N,
    OP_NUMBER,
    OP_NOT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_REMAINDER,
    OP_ADD,
    OP_SUBTRACT,
    OP_LESS,
    OP_GREATER,
    OP_LESS_EQUAL,
    OP_GREATER_EQUAL,
    OP_EQUAL,
    OP_NOT_EQUAL,
    OP_AND,
    OP_OR,
    OP_CHOOSE,
} Op;

typedef struct {
    Op op;
    unsigned long number;
    unsigned operands[3]; /* nodes */
} Node;

struct GhPlural {
    unsigned n_forms;
    unsigned root;
    unsigned n_nodes;
    Node nodes[GH_PLURAL_MAX_NODES];
};

/* C's binary operators. Longer ones first: "<=" must not be read as "<". */
static const struct {
    const char *text;
    Op op;
    unsigned precedence; /* higher binds tighter */
} operators[] = {
    {"||", OP_OR, 1},        {"&&", OP_AND, 2},        {"==", OP_EQUAL, 3},
    {"!=", OP_NOT_EQUAL, 3}, {"<=", OP_LESS_EQUAL, 4}, {">=", OP_GREATER_EQUAL, 4},
    {"<", OP_LESS, 4},       {">", OP_GREATER, 4},     {"+", OP_ADD, 5},
    {"-", OP_SUBTRACT, 5},   {"*", OP_MULTIPLY, 6},    {"/", OP_DIVIDE, 6},
    {"%", OP_REMAINDER, 6},
};

typedef struct {
    GhPlural *plural;
    const char *start;
    const char *at;
    unsigned depth;
    GError **error;
} Parser;

static bool parse_choice(Parser *parser, unsigned *ret_node);

static bool
fail(Parser *parser, const char *expected)
{
    g_set_error(parser->error, GH_LANG_ERROR, GH_LANG_ERROR_FORM,
                "plural rule: expected %s at character %u", expected,
                (unsigned)(parser->at - parser->start) + 1);
    return false;
}

static void
skip_blanks(Parser *parser)
{
    parser->at += strspn(parser->at, " \t\\\n");
}

static bool
accept(Parser *parser, const char *text)
{
    skip_blanks(parser);
    if (!g_str_has_prefix(parser->at, text))
        return false;
    parser->at += strlen(text);
    return true;
}

static bool
add_node(Parser *parser, Node node, unsigned *ret_node)
{
    GhPlural *plural = parser->plural;
    if (plural->n_nodes == GH_PLURAL_MAX_NODES)
        return fail(parser, "a shorter expression");

    plural->nodes[plural->n_nodes] = node;
    *ret_node = plural->n_nodes++;
    return true;
}

static bool
parse_number(Parser *parser, unsigned long *ret_number)
{
    unsigned long number = 0;

    skip_blanks(parser);
    if (!g_ascii_isdigit(*parser->at))
        return fail(parser, "a number");
    for (; g_ascii_isdigit(*parser->at); parser->at++) {
        number = number * 10 + (unsigned long)(*parser->at - '0');
        if (number > G_MAXUINT32)
            return fail(parser, "a number below 2^32");
    }
    *ret_number = number;
    return true;
}

static bool
parse_operand(Parser *parser, unsigned *ret_node)
{
    unsigned long number = 0;
    unsigned n_nots = 0;

    while (accept(parser, "!"))
        n_nots++;
    if (n_nots > 0) {
        /* !!x is 0 or 1, so two of them say no more than whether their number is odd. */
        unsigned inner = 0;
        bool done = parse_operand(parser, &inner);
        for (unsigned i = n_nots % 2 == 0 ? 2 : 1; i > 0 && done; i--)
            done = add_node(parser, (Node){.op = OP_NOT, .operands = {inner}}, &inner);
        *ret_node = inner;
        return done;
    }
    if (accept(parser, "("))
        return parse_choice(parser, ret_node)
               && (accept(parser, ")") || fail(parser, "a closing parenthesis"));
    if (accept(parser, "n"))
        return add_node(parser, (Node){.op = OP_N}, ret_node);
    return parse_number(parser, &number)
           && add_node(parser, (Node){.op = OP_NUMBER, .number = number}, ret_node);
}

/* The index of the operator here if it binds at least that tightly; -1 when there is none. */
static int
accept_operator(Parser *parser, unsigned precedence)
{
    for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
        const char *before = parser->at;
        if (!accept(parser, operators[i].text))
            continue;
        if (operators[i].precedence >= precedence)
            return (int)i;
        parser->at = before;
        return -1;
    }
    return -1;
}

static bool
parse_binary(Parser *parser, unsigned precedence, unsigned *ret_node)
{
    unsigned left = 0;
    if (!parse_operand(parser, &left))
        return false;

    for (int i; (i = accept_operator(parser, precedence)) >= 0;) {
        unsigned right = 0;
        if (!parse_binary(parser, operators[i].precedence + 1, &right)
            || !add_node(parser, (Node){.op = operators[i].op, .operands = {left, right}}, &left))
            return false;
    }
    *ret_node = left;
    return true;
}

static bool
parse_choice_inner(Parser *parser, unsigned *ret_node)
{
    Node node = {.op = OP_CHOOSE};

    if (!parse_binary(parser, 1, &node.operands[0]))
        return false;
    if (!accept(parser, "?")) {
        *ret_node = node.operands[0];
        return true;
    }
    if (!parse_choice(parser, &node.operands[1]))
        return false;
    if (!accept(parser, ":"))
        return fail(parser, "a colon");
    return parse_choice(parser, &node.operands[2]) && add_node(parser, node, ret_node);
}

static bool
parse_choice(Parser *parser, unsigned *ret_node)
{
    if (parser->depth == GH_PLURAL_MAX_DEPTH)
        return fail(parser, "less nesting");

    parser->depth++;
    bool done = parse_choice_inner(parser, ret_node);
    parser->depth--;
    return done;
}

/* -- evaluation -- */

static bool evaluate(const GhPlural *plural, unsigned node, unsigned long n, unsigned long *ret);

static bool
evaluate_binary(Op op, unsigned long a, unsigned long b, unsigned long *ret)
{
    if ((op == OP_DIVIDE || op == OP_REMAINDER) && b == 0)
        return false;

    switch (op) {
    case OP_MULTIPLY:
        *ret = a * b;
        return true;
    case OP_DIVIDE:
        *ret = a / b;
        return true;
    case OP_REMAINDER:
        *ret = a % b;
        return true;
    case OP_ADD:
        *ret = a + b;
        return true;
    case OP_SUBTRACT:
        *ret = a - b;
        return true;
    case OP_LESS:
        *ret = a < b;
        return true;
    case OP_GREATER:
        *ret = a > b;
        return true;
    case OP_LESS_EQUAL:
        *ret = a <= b;
        return true;
    case OP_GREATER_EQUAL:
        *ret = a >= b;
        return true;
    case OP_EQUAL:
        *ret = a == b;
        return true;
    case OP_NOT_EQUAL:
        *ret = a != b;
        return true;
    case OP_N:
    case OP_NUMBER:
    case OP_NOT:
    case OP_AND:
    case OP_OR:
    case OP_CHOOSE:
        break;
    }
    g_assert_not_reached();
}

/* Those that need not look at all their operands. */
static bool
evaluate_lazily(const GhPlural *plural, const Node *node, unsigned long n, unsigned long *ret)
{
    unsigned long first = 0;
    if (!evaluate(plural, node->operands[0], n, &first))
        return false;

    if (node->op == OP_CHOOSE)
        return evaluate(plural, node->operands[first != 0 ? 1 : 2], n, ret);
    if (node->op == OP_NOT || (node->op == OP_AND && first == 0)
        || (node->op == OP_OR && first != 0)) {
        *ret = node->op == OP_NOT ? first == 0 : first != 0;
        return true;
    }
    unsigned long second = 0;
    if (!evaluate(plural, node->operands[1], n, &second))
        return false;
    *ret = second != 0;
    return true;
}

static bool
evaluate(const GhPlural *plural, unsigned index, unsigned long n, unsigned long *ret)
{
    const Node *node = &plural->nodes[index];
    unsigned long a = 0;
    unsigned long b = 0;

    if (node->op == OP_N || node->op == OP_NUMBER) {
        *ret = node->op == OP_N ? n : node->number;
        return true;
    }
    if (node->op == OP_NOT || node->op == OP_AND || node->op == OP_OR || node->op == OP_CHOOSE)
        return evaluate_lazily(plural, node, n, ret);
    return evaluate(plural, node->operands[0], n, &a) && evaluate(plural, node->operands[1], n, &b)
           && evaluate_binary(node->op, a, b, ret);
}

unsigned
gh_plural_choose(const GhPlural *plural, unsigned long n)
{
    unsigned long form = 0;

    if (!evaluate(plural, plural->root, n, &form) || form >= plural->n_forms)
        return 0;
    return (unsigned)form;
}

GhPlural *
gh_plural_parse(const char *text, GError **error)
{
    g_autofree GhPlural *plural = g_new0(GhPlural, 1);
    Parser parser = {.plural = plural, .start = text, .at = text, .error = error};
    unsigned long n_forms = 0;

    if (!accept(&parser, "nplurals") || !accept(&parser, "=")) {
        fail(&parser, "nplurals=");
        return NULL;
    }
    if (!parse_number(&parser, &n_forms))
        return NULL;
    if (n_forms < 1 || n_forms > GH_PLURAL_MAX_FORMS || !accept(&parser, ";")
        || !accept(&parser, "plural") || !accept(&parser, "=")) {
        fail(&parser, "one to six forms, then ; plural=");
        return NULL;
    }
    plural->n_forms = (unsigned)n_forms;
    if (!parse_choice(&parser, &plural->root))
        return NULL;
    (void)accept(&parser, ";"); /* the last semicolon is often forgotten */
    skip_blanks(&parser);
    if (*parser.at != '\0') {
        fail(&parser, "the end");
        return NULL;
    }
    return g_steal_pointer(&plural);
}
