using System.Globalization;
using System.Text.Json.Nodes;
using SkillBadges.Core.OneRoster.Clients;
using SkillBadges.Core.OneRoster.Exporting;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.OneRoster;

/// <summary>Records as the JSON of OneRoster 1.2's REST binding, made from the same rows as the files: what names another record becomes a reference with its address.</summary>
internal static class RosterJson
{
    private static readonly string[] Gradebook = ["categories", "lineItems", "results", "scoreScales"];

    /// <summary>The members that a record of a file can have.</summary>
    public static IReadOnlyList<string> MembersOf(RosterFile file) =>
        [.. file.Columns.Where(column => column.Name is not ("password" or "userIds" or "email" or "sms" or "phone" or "resourceSourcedIds")).Select(NameOf), .. file == RosterFiles.Users ? ["roles"] : Array.Empty<string>()];

    public static JsonObject Of(ReadRow read, InstanceAddress address)
    {
        var record = Of(read.Row, address);
        record["status"] = read.Status;
        record["dateLastModified"] = read.ChangedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        if (read.Row.File == RosterFiles.Users)
        {
            record["roles"] = new JsonArray([.. read.Roles.Select(role => Without(Of(role, address), "sourcedId", "user", "userProfile"))]);
        }

        return record;
    }

    /// <summary>users, class, lineItem ...: what one record of a collection is called.</summary>
    public static string OneOf(string collection) => collection switch
    {
        "classes" => "class",
        "categories" => "category",
        "students" or "teachers" => "user",
        "schools" => "org",
        "terms" or "gradingPeriods" => "academicSession",
        _ => collection[..^1],
    };

    /// <summary>The member that holds the records of a collection.</summary>
    public static string AllOf(string collection) => collection switch { "students" or "teachers" => "users", "schools" => "orgs", "terms" or "gradingPeriods" => "academicSessions", _ => collection };

    private static JsonObject Of(PackRow row, InstanceAddress address)
    {
        var record = new JsonObject();
        foreach (var (column, text) in row.File.Columns.Zip(row.Cells).Where(pair => pair.Second.Length > 0))
        {
            record[NameOf(column)] = column.Form switch
            {
                ColumnForm.Id when column.Refers is { } file => Reference(file, text, address),
                ColumnForm.Ids when column.Refers is { } file => new JsonArray([.. CellText.List(text).Select(id => Reference(file, id, address))]),
                ColumnForm.Texts => new JsonArray([.. CellText.List(text).Select(word => JsonValue.Create(word))]),
                ColumnForm.Pairs => new JsonArray([.. CellText.Pairs(text).Select(pair => new JsonObject { ["itemValueLHS"] = pair.Left, ["itemValueRHS"] = pair.Right })]),
                ColumnForm.Number => decimal.Parse(text, CultureInfo.InvariantCulture),
                _ => text,
            };
        }

        return record;
    }

    private static JsonObject Reference(string file, string sourcedId, InstanceAddress address)
    {
        var service = Gradebook.Contains(file) ? "gradebook" : "rostering";
        return new() { ["href"] = address.Link($"/ims/oneroster/{service}/v1p2/{file}/{Uri.EscapeDataString(sourcedId)}"), ["sourcedId"] = sourcedId, ["type"] = OneOf(file) };
    }

    private static string NameOf(RosterColumn column) => column.Name switch
    {
        "sourcedId" => "sourcedId",
        "termSourcedIds" => "terms",
        "agentSourcedIds" => "agents",
        var name when name.EndsWith("SourcedId", StringComparison.Ordinal) => name[..^9],
        var name => name,
    };

    private static JsonObject Without(JsonObject record, params string[] names)
    {
        foreach (var name in names)
        {
            record.Remove(name);
        }

        return record;
    }
}
