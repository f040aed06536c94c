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

    /// <summary>The same text in every row.</summary>
    [JsonStringEnumMemberName("text")]
    Text,
}
