using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SkillBadges.Core.OneRoster.Files;

/// <summary>The header tables of OneRoster 1.2 (CSV binding, final 2022-09-19): columns in the order of the standard, what must be filled, what may stand there.</summary>
public static class RosterFiles
{
    public const string Active = "active";
    public const string ToBeDeleted = "tobedeleted";

    public static readonly RosterFile AcademicSessions = Of("academicSessions",
        Text("title").Needed(), Word("type", "gradingPeriod", "semester", "schoolYear", "term").Needed(), Date("startDate").Needed(), Date("endDate").Needed(), Id("parentSourcedId", "academicSessions"), Year("schoolYear").Needed());

    public static readonly RosterFile Orgs = Of("orgs",
        Text("name").Needed(), Word("type", "department", "school", "district", "local", "state", "national").Needed(), Text("identifier"), Id("parentSourcedId", "orgs"));

    public static readonly RosterFile Courses = Of("courses",
        Id("schoolYearSourcedId", "academicSessions"), Text("title").Needed(), Text("courseCode"), Texts("grades"), Id("orgSourcedId", "orgs").Needed(), Texts("subjects"), Texts("subjectCodes"));

    public static readonly RosterFile Classes = Of("classes",
        Text("title").Needed(), Texts("grades"), Id("courseSourcedId", "courses").Needed(), Text("classCode"), Word("classType", "homeroom", "scheduled").Needed(), Text("location"), Id("schoolSourcedId", "orgs").Needed(),
        new RosterColumn("termSourcedIds", ColumnForm.Ids) { Refers = "academicSessions", IsRequired = true }, Texts("subjects"), Texts("subjectCodes"), Texts("periods"));

    public static readonly RosterFile Users = Of("users",
        Flag("enabledUser").Needed(), Text("username").Needed(), new("userIds", ColumnForm.Pairs), Text("givenName").Needed(), Text("familyName").Needed(), Text("middleName"), Text("identifier"), Text("email"), Text("sms"), Text("phone"),
        new("agentSourcedIds", ColumnForm.Ids) { Refers = "users" }, Texts("grades"), new("password", ColumnForm.Opaque), Text("userMasterIdentifier"), new("resourceSourcedIds", ColumnForm.Ids) { MayBeMissing = true },
        Text("preferredGivenName"), Text("preferredMiddleName"), Text("preferredFamilyName"), Id("primaryOrgSourcedId", "orgs"), Text("pronouns"));

    public static readonly RosterFile Roles = Of("roles",
        Id("userSourcedId", "users").Needed(), Word("roleType", "primary", "secondary").Needed(),
        Word("role", "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor", "relative", "siteAdministrator", "student", "systemAdministrator", "teacher").Needed(),
        Date("beginDate"), Date("endDate"), Id("orgSourcedId", "orgs").Needed(), Id("userProfileSourcedId", "userProfiles"));

    public static readonly RosterFile Enrollments = Of("enrollments",
        Id("classSourcedId", "classes").Needed(), Id("schoolSourcedId", "orgs").Needed(), Id("userSourcedId", "users").Needed(), Word("role", "administrator", "proctor", "student", "teacher").Needed(), Flag("primary"), Date("beginDate"), Date("endDate"));

    public static readonly RosterFile UserProfiles = Of("userProfiles",
        Id("userSourcedId", "users").Needed(), Opaque("profileType").Needed(), Opaque("vendorId").Needed(), Opaque("applicationId"), Opaque("description"), Opaque("credentialType").Needed(), Opaque("username").Needed(), Opaque("password"));

    public static readonly RosterFile Categories = Of("categories", Text("title").Needed(), Number("weight"));

    public static readonly RosterFile LineItems = Of("lineItems",
        Text("title").Needed(), Text("description"), Date("assignDate").Needed(), Date("dueDate").Needed(), Id("classSourcedId", "classes").Needed(), Id("categorySourcedId", "categories").Needed(), Id("academicSessionSourcedId", "academicSessions"),
        Number("resultValueMin"), Number("resultValueMax"), Id("schoolSourcedId", "orgs").Needed());

    public static readonly RosterFile Results = Of("results",
        Id("lineItemSourcedId", "lineItems").Needed(), Id("studentSourcedId", "users").Needed(), Word("scoreStatus", "exempt", "fully graded", "not submitted", "partially graded", "submitted").Needed(), Number("score"),
        Date("scoreDate").Needed(), Text("comment"), Text("textScore"), Id("classSourcedId", "classes"), Flag("inProgress"), Flag("incomplete"), Flag("late"), Flag("missing"));

    public static readonly RosterFile ScoreScales = Of("scoreScales",
        Text("title").Needed(), Text("type").Needed(), Id("orgSourcedId", "orgs"), Id("courseSourcedId", "courses"), Id("classSourcedId", "classes").Needed(), new RosterColumn("scoreScaleValue", ColumnForm.Pairs) { IsRequired = true });

    public static readonly RosterFile LineItemLearningObjectiveIds = Of("lineItemLearningObjectiveIds",
        Id("lineItemSourcedId", "lineItems").Needed(), Word("source", "case", "unknown").Needed(), Text("learningObjectiveId").Needed());

    public static readonly RosterFile ResultLearningObjectiveIds = Of("resultLearningObjectiveIds",
        Id("resultSourcedId", "results").Needed(), Word("source", "case", "unknown").Needed(), Text("learningObjectiveId").Needed(), Number("score"), Text("textScore"));

    public static readonly RosterFile LineItemScoreScales = Of("lineItemScoreScales", Text("title").Needed(), Id("lineItemSourcedId", "lineItems").Needed(), Id("scoreScaleSourcedId", "scoreScales").Needed());

    public static readonly RosterFile ResultScoreScales = Of("resultScoreScales", Text("title").Needed(), Id("resultSourcedId", "results").Needed(), Id("scoreScaleSourcedId", "scoreScales").Needed());

    /// <summary>The files that are checked, in an order in which what is referred to comes first where it can.</summary>
    public static readonly ImmutableArray<RosterFile> Checked =
    [
        Orgs, AcademicSessions, Courses, Classes, Users, UserProfiles, Roles, Enrollments, Categories, LineItems, Results, ScoreScales, LineItemLearningObjectiveIds, ResultLearningObjectiveIds, LineItemScoreScales, ResultScoreScales,
    ];

    /// <summary>Files that a pack may bring and that are not opened here: what the product does not ask for, such as race, sex and birth date, it does not read.</summary>
    public static readonly ImmutableArray<string> LeftAside = ["classResources", "courseResources", "demographics", "resources", "userResources"];

    private static readonly FrozenDictionary<string, RosterFile> ByName = Checked.ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);

    /// <summary>The names that a manifest lists, in alphabetical order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Checked.Select(file => file.Name).Concat(LeftAside).Order(StringComparer.Ordinal)];

    public static RosterFile? Find(string name) => ByName.GetValueOrDefault(name);

    private static RosterFile Of(string name, params RosterColumn[] columns) => new(name,
    [
        new("sourcedId", ColumnForm.Id) { IsRequired = true },
        new("status", ColumnForm.Word) { Words = [Active, ToBeDeleted] },
        new("dateLastModified", ColumnForm.Instant),
        .. columns,
    ]);

    private static RosterColumn Text(string name) => new(name, ColumnForm.Text);

    private static RosterColumn Opaque(string name) => new(name, ColumnForm.Opaque);

    private static RosterColumn Texts(string name) => new(name, ColumnForm.Texts);

    private static RosterColumn Date(string name) => new(name, ColumnForm.Date);


    private static RosterColumn Year(string name) => new(name, ColumnForm.Year);

    private static RosterColumn Flag(string name) => new(name, ColumnForm.Flag);

    private static RosterColumn Number(string name) => new(name, ColumnForm.Number);

    private static RosterColumn Id(string name, string refers) => new(name, ColumnForm.Id) { Refers = refers };

    private static RosterColumn Word(string name, params string[] words) => new(name, ColumnForm.Word) { Words = [.. words] };

    private static RosterColumn Needed(this RosterColumn column) => column with { IsRequired = true };
}
