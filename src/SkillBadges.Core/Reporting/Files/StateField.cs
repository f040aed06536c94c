using System.Text.Json.Serialization;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>What stands in a column of a state file. docs/reporting.md says of each what it holds and in which form.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StateField>))]
public enum StateField
{
    /// <summary>The id of the entry, award or score that the row is about; rows of several educators share it.</summary>
    [JsonStringEnumMemberName("record")]
    Record,

    /// <summary>The learner as this product calls them; says nothing elsewhere.</summary>
    [JsonStringEnumMemberName("learner-id")]
    LearnerId,

    /// <summary>The state's number of the learner; entered when the file is handed over, never kept in it.</summary>
    [JsonStringEnumMemberName("state-number")]
    StateNumber,

    [JsonStringEnumMemberName("district-number")]
    DistrictNumber,

    [JsonStringEnumMemberName("school-id")]
    SchoolId,

    /// <summary>The school's number as the roster has it.</summary>
    [JsonStringEnumMemberName("school-number")]
    SchoolNumber,

    [JsonStringEnumMemberName("school-name")]
    SchoolName,

    [JsonStringEnumMemberName("class-id")]
    ClassId,

    [JsonStringEnumMemberName("class-code")]
    ClassCode,

    [JsonStringEnumMemberName("class-name")]
    ClassName,

    /// <summary>The state's or the federal code of the course (SCED) where the roster has subject codes.</summary>
    [JsonStringEnumMemberName("subject-codes")]
    SubjectCodes,

    /// <summary>The school's code of the course.</summary>
    [JsonStringEnumMemberName("course-code")]
    CourseCode,

    [JsonStringEnumMemberName("course-title")]
    CourseTitle,

    /// <summary>The four digits of the year in which the file's period ends.</summary>
    [JsonStringEnumMemberName("school-year")]
    SchoolYear,

    [JsonStringEnumMemberName("educator-id")]
    EducatorId,

    /// <summary>The educator's number as the roster has it.</summary>
    [JsonStringEnumMemberName("educator-number")]
    EducatorNumber,

    [JsonStringEnumMemberName("educator-name")]
    EducatorName,

    /// <summary>Percent; those of a record sum to 100.</summary>
    [JsonStringEnumMemberName("share")]
    Share,

    /// <summary>From where the educators are known: class-section, assessors, corrected-class or corrected-entry.</summary>
    [JsonStringEnumMemberName("share-basis")]
    ShareBasis,

    [JsonStringEnumMemberName("badge")]
    Badge,

    [JsonStringEnumMemberName("badge-version")]
    BadgeVersion,

    [JsonStringEnumMemberName("competency-uri")]
    CompetencyUri,

    [JsonStringEnumMemberName("competency-name")]
    CompetencyName,

    [JsonStringEnumMemberName("scale")]
    Scale,

    /// <summary>Code of the native level.</summary>
    [JsonStringEnumMemberName("level")]
    Level,

    [JsonStringEnumMemberName("level-ordinal")]
    LevelOrdinal,

    [JsonStringEnumMemberName("level-label")]
    LevelLabel,

    /// <summary><c>true</c> at or above the proficient cut of its scale.</summary>
    [JsonStringEnumMemberName("proficient")]
    Proficient,

    [JsonStringEnumMemberName("attempt")]
    Attempt,

    /// <summary>The day of the decision, where the school is.</summary>
    [JsonStringEnumMemberName("decided-on")]
    DecidedOn,

    /// <summary>The code of the program of instruction (CIP 2020), such as <c>48.0508</c>.</summary>
    [JsonStringEnumMemberName("program")]
    Program,

    /// <summary>cte-program, pathway, dual-enrollment or early-college.</summary>
    [JsonStringEnumMemberName("program-kind")]
    ProgramKind,

    /// <summary>participant, concentrator or completer.</summary>
    [JsonStringEnumMemberName("program-status")]
    ProgramStatus,

    /// <summary>The first day on which it holds.</summary>
    [JsonStringEnumMemberName("from")]
    From,

    /// <summary>The first day on which it holds no more; empty for no end.</summary>
    [JsonStringEnumMemberName("until")]
    Until,

    /// <summary>The day from which the learner is a concentrator of the program.</summary>
    [JsonStringEnumMemberName("concentrator-since")]
    ConcentratorSince,

    /// <summary>The day of graduation.</summary>
    [JsonStringEnumMemberName("graduated-on")]
    GraduatedOn,

    /// <summary>The state's code of a credential.</summary>
    [JsonStringEnumMemberName("credential-code")]
    CredentialCode,

    [JsonStringEnumMemberName("credential-name")]
    CredentialName,

    [JsonStringEnumMemberName("credential-issuer")]
    CredentialIssuer,

    /// <summary>Points that the state's list gives it.</summary>
    [JsonStringEnumMemberName("credential-points")]
    CredentialPoints,

    /// <summary><c>badge</c> or <c>test</c>: from where it is known.</summary>
    [JsonStringEnumMemberName("credential-basis")]
    CredentialBasis,

    /// <summary>The day on which it was awarded or the test was taken.</summary>
    [JsonStringEnumMemberName("earned-on")]
    EarnedOn,

    /// <summary>A score as the tester gave it.</summary>
    [JsonStringEnumMemberName("test-score")]
    TestScore,

    /// <summary><c>true</c> where the test was passed.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary><c>true</c> where a list in force on that day has the credential.</summary>
    [JsonStringEnumMemberName("recognized")]
    Recognized,

    /// <summary><c>true</c> where the learner counts as one who graduated with a recognized credential (Perkins V, 5S1).</summary>
    [JsonStringEnumMemberName("counts")]
    Counts,

    /// <summary>Short names of badges of ours that count as the credential, with spaces between.</summary>
    [JsonStringEnumMemberName("badges")]
    Badges,

    /// <summary>The same text in every row.</summary>
    [JsonStringEnumMemberName("text")]
    Text,
}
