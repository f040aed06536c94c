using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Marks;

/// <summary>What stands in a column of the file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MarkField>))]
public enum MarkField
{
    [JsonStringEnumMemberName("learner-id")]
    LearnerId,

    [JsonStringEnumMemberName("learner-name")]
    LearnerName,

    [JsonStringEnumMemberName("class-id")]
    ClassId,

    [JsonStringEnumMemberName("class-name")]
    ClassName,

    [JsonStringEnumMemberName("term")]
    Term,

    [JsonStringEnumMemberName("mark")]
    Mark,

    /// <summary><c>converted</c> where there is a mark.</summary>
    [JsonStringEnumMemberName("converted")]
    Converted,

    [JsonStringEnumMemberName("level")]
    Level,

    [JsonStringEnumMemberName("level-label")]
    LevelLabel,

    [JsonStringEnumMemberName("policy")]
    Policy,

    [JsonStringEnumMemberName("date")]
    Date,

    [JsonStringEnumMemberName("why")]
    Why,

    /// <summary>The same text in every row.</summary>
    [JsonStringEnumMemberName("text")]
    Text,
}

/// <param name="Text">For <see cref="MarkField.Text"/>, what stands there; else null.</param>
public sealed record MarkColumn(string Header, MarkField Field, string? Text = null);

/// <summary>The columns that a school's other system takes, kept so that nobody types marks again.</summary>
public sealed record MarkLayout(string Id, OrganizationId Organization, string Name, ImmutableArray<MarkColumn> Columns)
{
    public const int MaxNameLength = 200;
    public const int MaxColumns = 40;
    public const int MaxTextLength = 200;

    /// <summary>What is written where a school keeps no layout.</summary>
    public static ImmutableArray<MarkColumn> Usual { get; } =
    [
        new("Student ID", MarkField.LearnerId), new("Student", MarkField.LearnerName), new("Class", MarkField.ClassName), new("Term", MarkField.Term), new("Mark", MarkField.Mark),
        new("Converted", MarkField.Converted), new("Level", MarkField.LevelLabel), new("Policy", MarkField.Policy), new("As of", MarkField.Date),
    ];

    /// <exception cref="RefusedException"><c>mark-layout.name</c>, <c>mark-layout.columns</c>.</exception>
    public MarkLayout Checked()
    {
        if (Columns.Length is 0 or > MaxColumns || Columns.Any(column => !Enum.IsDefined(column.Field) || (column.Text is not null && column.Field != MarkField.Text)))
        {
            throw Refused.Invalid("mark-layout.columns", $"A layout has 1 to {MaxColumns} columns; only columns of the field text have a text of their own.");
        }

        return this with
        {
            Name = DisplayText.Require(Name, MaxNameLength, "mark-layout.name"),
            Columns = [.. Columns.Select(column => column with { Header = DisplayText.Require(column.Header, MaxTextLength, "mark-layout.columns"), Text = DisplayText.Optional(column.Text, MaxTextLength, "mark-layout.columns") })],
        };
    }

    /// <summary>The header and a row for each learner.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(ImmutableArray<MarkColumn> columns, MarkSheet sheet, IReadOnlyDictionary<PersonId, string> names)
    {
        yield return [.. columns.Select(column => column.Header)];
        foreach (var row in sheet.Rows)
        {
            yield return [.. columns.Select(column => Cell(column, sheet, row, names))];
        }
    }

    private static string Cell(MarkColumn column, MarkSheet sheet, MarkRow row, IReadOnlyDictionary<PersonId, string> names) => column.Field switch
    {
        MarkField.LearnerId => row.Learner.Value,
        MarkField.LearnerName => names.GetValueOrDefault(row.Learner, ""),
        MarkField.ClassId => sheet.Section.Value,
        MarkField.ClassName => sheet.ClassName,
        MarkField.Term => sheet.Term,
        MarkField.Mark => row.Mark ?? "",
        MarkField.Converted => row.IsConverted ? "converted" : "",
        MarkField.Level => row.Level ?? "",
        MarkField.LevelLabel => row.LevelLabel ?? "",
        MarkField.Policy => sheet.Policy is { } policy ? string.Create(CultureInfo.InvariantCulture, $"{policy.Terms.Name}, version {policy.Version}") : "",
        MarkField.Date => sheet.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        MarkField.Why => row.Why,
        _ => column.Text ?? "",
    };
}

public static class MarkLayoutDocuments
{
    public static readonly AccessPath<MarkLayout> ByOrganization =
        new AccessPath<MarkLayout>("organization").Equal("organization", layout => layout.Organization.Value).OrderBy("name", layout => SearchText.Of(layout.Name));

    public static readonly DocumentKind<MarkLayout> Kind = new("mark_layout", layout => layout.Id) { Paths = [ByOrganization] };
}
