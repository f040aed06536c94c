using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SkillBadges.App.OneRoster;

/// <summary>
/// <c>limit</c>, <c>offset</c>, <c>filter</c>, <c>sort</c>, <c>orderBy</c> and <c>fields</c> of OneRoster 1.2, as far as they are answered here: filters compare members that hold text, joined by one kind of AND or OR;
/// sorting is by sourcedId, ascending. The rest is refused, never passed over.
/// </summary>
internal sealed partial record RosterQuery(int Limit, int Offset, IReadOnlyList<RosterQuery.Condition> Conditions, bool IsAnyOf, string[]? Fields)
{
    public const int MaxLimit = 1000;
    private const int MaxOffset = 5_000_000;

    internal sealed record Condition(string Member, string Comparison, string Value)
    {
        public bool Holds(JsonObject record)
        {
            var said = record[Member] is JsonValue value ? value.ToString() : "";
            var order = DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var a) && DateTimeOffset.TryParse(Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var b)
                ? a.CompareTo(b)
                : string.Compare(said, Value, StringComparison.OrdinalIgnoreCase);
            return Comparison switch
            {
                "=" => order == 0,
                "!=" => order != 0,
                ">" => order > 0,
                ">=" => order >= 0,
                "<" => order < 0,
                "<=" => order <= 0,
                _ => said.Contains(Value, StringComparison.OrdinalIgnoreCase),
            };
        }
    }

    /// <exception cref="StatusInfoException">400 <c>invalid_filter_field</c>, <c>invalid_sort_field</c>, <c>invalid_selection_field</c>, <c>invaliddata</c>.</exception>
    public static RosterQuery Of(IQueryCollection query, IReadOnlyCollection<string> members)
    {
        foreach (var name in query.Keys.Where(name => name is not ("limit" or "offset" or "filter" or "sort" or "orderBy" or "fields")))
        {
            throw new StatusInfoException(400, "invaliddata", $"There is no parameter {(name.Length > 40 ? "of that name" : name)} here.");
        }

        if ((query.TryGetValue("sort", out var sort) && sort != "sourcedId") || (query.TryGetValue("orderBy", out var order) && order != "asc"))
        {
            throw new StatusInfoException(400, "invalid_sort_field", "Records come by sourcedId, ascending; other orders are not answered.");
        }

        var fields = query.TryGetValue("fields", out var asked) ? asked.ToString().Split(',', StringSplitOptions.TrimEntries) : null;
        if (fields?.Any(field => !members.Contains(field)) == true)
        {
            throw new StatusInfoException(400, "invalid_selection_field", $"Fields are some of: {string.Join(", ", members)}.");
        }

        var (conditions, isAnyOf) = query.TryGetValue("filter", out var filter) ? Filter(filter.ToString(), members) : ([], false);
        return new(Number(query, "limit", 100, 1, MaxLimit), Number(query, "offset", 0, 0, MaxOffset), conditions, isAnyOf, fields);
    }

    public bool Takes(JsonObject record) => Conditions.Count == 0 || (IsAnyOf ? Conditions.Any(one => one.Holds(record)) : Conditions.All(one => one.Holds(record)));

    public JsonObject Select(JsonObject record)
    {
        foreach (var name in Fields is null ? [] : record.Select(member => member.Key).Except(Fields).ToArray())
        {
            record.Remove(name);
        }

        return record;
    }

    private static (IReadOnlyList<Condition> Conditions, bool IsAnyOf) Filter(string text, IReadOnlyCollection<string> members)
    {
        var isAnyOf = text.Contains("' OR ", StringComparison.Ordinal);
        var parts = text.Length > 500 ? [""] : text.Split(isAnyOf ? "' OR " : "' AND ").Select((part, i) => part.EndsWith('\'') ? part : part + "'").ToArray();
        var conditions = parts.Select(part => ConditionForm().Match(part.Trim())).Select(match => match.Success && members.Contains(match.Groups[1].Value)
            ? new Condition(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)
            : throw new StatusInfoException(400, "invalid_filter_field", $"A filter is member='value' with = != > >= < <= or ~, two or more joined by AND or by OR, not both; members: {string.Join(", ", members)}."));
        return ([.. conditions], isAnyOf);
    }

    private static int Number(IQueryCollection query, string name, int otherwise, int least, int most)
    {
        if (!query.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new StatusInfoException(400, "invaliddata", $"{name} is a whole number from {least} to {most}.");
    }

    [GeneratedRegex(@"^([A-Za-z]{1,40})\s*(!=|>=|<=|=|>|<|~)\s*'([^']{0,255})'\z", RegexOptions.NonBacktracking)]
    private static partial Regex ConditionForm();
}
