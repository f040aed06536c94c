using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Makes records of rows that were checked.</summary>
internal static class RowReading
{
    public static bool IsTakenBack(this RosterTable row) => row["status"] == RosterFiles.ToBeDeleted;

    public static RosterOrg Org(this RosterTable row, string source) => new(source, row[0], row.Name("name"), row["type"])
    {
        Identifier = row.Optional("identifier"),
        Parent = row.Optional("parentSourcedId"),
    };

    public static AcademicSession Session(this RosterTable row, string source) =>
        new(source, row[0], row.Name("title"), row["type"], row.Day("startDate")!.Value, row.Day("endDate")!.Value, row["schoolYear"]) { Parent = row.Optional("parentSourcedId") };

    public static Course Course(this RosterTable row, string source) => new(source, row[0], row.Name("title"), row["orgSourcedId"])
    {
        SchoolYear = row.Optional("schoolYearSourcedId"),
        CourseCode = row.Optional("courseCode"),
        Grades = row.List("grades"),
        Subjects = row.List("subjects"),
        SubjectCodes = row.List("subjectCodes"),
    };

    /// <summary>The user without the person; passwords, addresses and telephone numbers are not looked at.</summary>
    public static RosterUser User(this RosterTable row, string source) => new(source, row[0], default, row["username"], row.Name("givenName"), row.Name("familyName"))
    {
        IsEnabled = row["enabledUser"] == "true",
        MiddleName = row.Optional("middleName"),
        PreferredGivenName = row.Optional("preferredGivenName"),
        PreferredMiddleName = row.Optional("preferredMiddleName"),
        PreferredFamilyName = row.Optional("preferredFamilyName"),
        Pronouns = row.Optional("pronouns"),
        Identifier = row.Optional("identifier"),
        MasterIdentifier = row.Optional("userMasterIdentifier"),
        PrimaryOrg = row.Optional("primaryOrgSourcedId"),
        Grades = row.List("grades"),
        Agents = row.List("agentSourcedIds"),
    };

    public static RosterRole Role(this RosterTable row) => new(row[0], row["roleType"], row["role"], row["orgSourcedId"]) { Begin = row.Day("beginDate"), End = row.Day("endDate") };

    /// <summary>The class without those who are in it; <paramref name="organization"/> is the school's.</summary>
    public static RosterClass Class(this RosterTable row, string source, OrganizationId organization) =>
        new(source, row[0], default, organization, row.Name("title"), row["courseSourcedId"], row["classType"], row["schoolSourcedId"])
        {
            ClassCode = row.Optional("classCode"),
            Location = row.Optional("location"),
            Grades = row.List("grades"),
            Terms = row.List("termSourcedIds"),
            Subjects = row.List("subjects"),
            SubjectCodes = row.List("subjectCodes"),
            Periods = row.List("periods"),
        };

    public static RosterEnrollment Enrollment(this RosterTable row, PersonId person) => new(row[0], row["userSourcedId"], person, row["role"], row["schoolSourcedId"])
    {
        IsPrimary = row["primary"] switch { "true" => true, "false" => false, _ => null },
        Begin = row.Day("beginDate"),
        End = row.Day("endDate"),
    };

    private static DateOnly? Day(this RosterTable row, string column) => CellText.Date(row[column]);

    private static string? Optional(this RosterTable row, string column) => row[column] is { Length: > 0 } text ? DisplayText.Optional(text, CellText.MaxText, "oneroster.pack-changed") : null;

    private static string Name(this RosterTable row, string column) => DisplayText.Require(row[column], CellText.MaxName, "oneroster.pack-changed");

    private static ImmutableArray<string> List(this RosterTable row, string column) => [.. CellText.List(row[column])];
}
