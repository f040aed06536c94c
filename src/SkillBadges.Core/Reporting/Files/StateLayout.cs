using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>A column of a state file.</summary>
/// <param name="Text">For <see cref="StateField.Text"/>, what stands there; else null.</param>
/// <param name="Codes">By what this product says, what the state calls it; what is not among them is a fault. Null to write it as it is.</param>
/// <param name="IsRequired">Whether an empty cell is a fault.</param>
public sealed record StateColumn(string Header, StateField Field, string? Text = null, ImmutableSortedDictionary<string, string>? Codes = null, bool IsRequired = false);

/// <summary>The columns that a state takes, kept so that a file is made the same way each year.</summary>
public sealed record StateLayout(string Id, OrganizationId Organization, string Name, ImmutableArray<StateColumn> Columns)
{
    public const int MaxNameLength = 200;
    public const int MaxColumns = 60;
    public const int MaxCodes = 200;
    public const int MaxTextLength = 200;

    /// <summary>What is written where a district keeps no layout: learner, course, educator, level.</summary>
    public static ImmutableArray<StateColumn> Link { get; } =
    [
        new("record", StateField.Record, IsRequired: true), new("student_number", StateField.StateNumber, IsRequired: true), new("school_number", StateField.SchoolNumber), new("school", StateField.SchoolName, IsRequired: true),
        new("course_code", StateField.CourseCode), new("section", StateField.ClassCode), new("educator_id", StateField.EducatorId, IsRequired: true), new("educator_number", StateField.EducatorNumber),
        new("share", StateField.Share, IsRequired: true), new("competency", StateField.CompetencyUri, IsRequired: true), new("scale", StateField.Scale, IsRequired: true), new("level", StateField.Level, IsRequired: true),
        new("proficient", StateField.Proficient, IsRequired: true), new("decided_on", StateField.DecidedOn, IsRequired: true), new("school_year", StateField.SchoolYear, IsRequired: true),
    ];

    /// <summary>
    /// Columns by the names of Vermont's Student Educator Course Transcript as its Student Transcript Report had them (a vendor's description, read 2026-11-22; the collection ended in 2022 and its successor
    /// keeps most of the names), with what this product knows of them. A district adjusts codes and adds what its state asks now.
    /// </summary>
    public static ImmutableArray<StateColumn> Sect { get; } =
    [
        new("PERMNUMBER", StateField.StateNumber, IsRequired: true), new("ORGID", StateField.SchoolNumber, IsRequired: true), new("LOCALCOURSEID", StateField.CourseCode, IsRequired: true),
        new("COURSECODE", StateField.SubjectCodes), new("COURSESECTION", StateField.ClassCode, IsRequired: true), new("EDUCATORID", StateField.EducatorNumber, IsRequired: true),
        new("SHARE", StateField.Share, IsRequired: true), new("COMPETENCY", StateField.CompetencyUri, IsRequired: true), new("COURSELETTERMARK", StateField.Level, IsRequired: true),
        new("SY", StateField.SchoolYear, IsRequired: true), new("RECORD", StateField.Record, IsRequired: true),
    ];

    /// <summary>The credentials and examinations of those who take part in career and technical programs.</summary>
    public static ImmutableArray<StateColumn> Credentials { get; } =
    [
        new("record", StateField.Record, IsRequired: true), new("student_number", StateField.StateNumber, IsRequired: true), new("school_number", StateField.SchoolNumber), new("school", StateField.SchoolName, IsRequired: true),
        new("program", StateField.Program, IsRequired: true), new("status", StateField.ProgramStatus, IsRequired: true), new("concentrator_since", StateField.ConcentratorSince), new("graduated_on", StateField.GraduatedOn),
        new("credential_code", StateField.CredentialCode), new("credential", StateField.CredentialName), new("issuer", StateField.CredentialIssuer), new("points", StateField.CredentialPoints),
        new("earned_on", StateField.EarnedOn), new("basis", StateField.CredentialBasis), new("score", StateField.TestScore), new("passed", StateField.Passed), new("recognized", StateField.Recognized),
        new("counts_5s1", StateField.Counts, IsRequired: true), new("school_year", StateField.SchoolYear, IsRequired: true),
    ];

    /// <summary>The name of the columns that a file has where none are named.</summary>
    public static string UsualOf(StateFileKind kind) => kind == StateFileKind.Credentials ? "credentials" : "link";

    /// <summary>Layouts that come with the product, by name.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<StateColumn>> BuiltIn { get; } =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("credentials", Credentials), KeyValuePair.Create("link", Link), KeyValuePair.Create("sect", Sect)]);

    /// <exception cref="RefusedException"><c>state-layout.name</c>, <c>state-layout.columns</c>.</exception>
    public StateLayout Checked() => this with { Name = DisplayText.Require(Name, MaxNameLength, "state-layout.name"), Columns = Checked(Columns) };

    private static ImmutableArray<StateColumn> Checked(ImmutableArray<StateColumn> columns)
    {
        const string code = "state-layout.columns";
        if (columns.Length is 0 or > MaxColumns || columns.Select(column => column.Header).Distinct(StringComparer.Ordinal).Count() != columns.Length
            || columns.Any(column => !Enum.IsDefined(column.Field) || (column.Text is not null) != (column.Field == StateField.Text) || column.Codes?.Count > MaxCodes || (column.Codes is not null && column.Field is StateField.StateNumber or StateField.Text)))
        {
            throw Refused.Invalid(code, $"A layout has 1 to {MaxColumns} columns, each under a name of its own; columns of the field text, and only these, have a text of their own, and up to {MaxCodes} codes stand in a column.");
        }

        return
        [
            .. columns.Select(column => column with
            {
                Header = DisplayText.Require(column.Header, MaxTextLength, code),
                Text = DisplayText.Optional(column.Text, MaxTextLength, code),
                Codes = column.Codes?.ToImmutableSortedDictionary(pair => DisplayText.Require(pair.Key, MaxTextLength, code), pair => DisplayText.Require(pair.Value, MaxTextLength, code), StringComparer.Ordinal),
            }),
        ];
    }
}

public static class StateLayoutDocuments
{
    public static readonly AccessPath<StateLayout> ByOrganization =
        new AccessPath<StateLayout>("organization").Equal("organization", layout => layout.Organization.Value).OrderBy("name", layout => SearchText.Of(layout.Name));

    public static readonly DocumentKind<StateLayout> Kind = new("state_layout", layout => layout.Id) { Paths = [ByOrganization] };
}
