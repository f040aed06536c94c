using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>The enumerations of Open Badges 3.0. Where the standard allows more words, an <c>ext:</c> token is one too.</summary>
public static partial class OpenBadgeTerms
{
    public const string CredentialsContext = "https://www.w3.org/ns/credentials/v2";

    public const string CredentialsContextV1 = "https://www.w3.org/2018/credentials/v1";

    public const string OpenBadgesContext = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    /// <summary>Defines the types that start with <c>1EdTech</c>; without it their terms are undefined.</summary>
    public const string ExtensionsContext = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

    public const string CredentialSchemaUrl = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    public static FrozenSet<string> AchievementTypes { get; } = Set(
        "Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "Badge", "BachelorDegree",
        "Certificate", "CertificateOfCompletion", "Certification", "CommunityService", "Competency", "Course", "CoCurricular", "Degree",
        "Diploma", "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate", "LearningProgram", "License",
        "Membership", "ProfessionalDoctorate", "QualityAssuranceCredential", "MasterCertificate", "MasterDegree", "MicroCredential",
        "ResearchDoctorate", "SecondarySchoolDiploma");

    public static FrozenSet<string> TargetTypes { get; } = Set(
        "ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel", "CTDL");

    public static FrozenSet<string> ResultTypes { get; } = Set(
        "GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result", "RubricCriterion",
        "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status");

    /// <summary>Closed: no <c>ext:</c> token here.</summary>
    public static FrozenSet<string> ResultStatuses { get; } = Set(
        "Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew");

    public static FrozenSet<string> IdentifierTypes { get; } = Set(
        "name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress", "nationalIdentityNumber", "isbn", "issn",
        "lisSourcedId", "oneRosterSourcedId", "sisSourcedId", "ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId",
        "identifier");

    public static bool IsExtension(string token) => Extension().IsMatch(token);

    // The published pattern is not anchored, so it would pass any text that merely contains a token; the whole text has to be one.
    [GeneratedRegex(@"\Aext:[a-zA-Z0-9._-]+\z")]
    private static partial Regex Extension();

    private static FrozenSet<string> Set(params string[] terms) => terms.ToFrozenSet(StringComparer.Ordinal);
}
