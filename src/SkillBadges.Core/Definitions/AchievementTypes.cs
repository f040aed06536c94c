using System.Collections.Frozen;

namespace SkillBadges.Core.Definitions;

/// <summary>The closed lists of Open Badges 3.0 (1EdTech, final 2024-05): values outside them begin with <c>ext:</c>.</summary>
public static class AchievementTypes
{
    private static readonly FrozenSet<string> achievements = FrozenSet.Create(
        StringComparer.Ordinal,
        "Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "Badge", "BachelorDegree", "Certificate",
        "CertificateOfCompletion", "Certification", "CommunityService", "Competency", "Course", "CoCurricular", "Degree", "Diploma", "DoctoralDegree",
        "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate", "LearningProgram", "License", "Membership", "ProfessionalDoctorate",
        "QualityAssuranceCredential", "MasterCertificate", "MasterDegree", "MicroCredential", "ResearchDoctorate", "SecondarySchoolDiploma");

    private static readonly FrozenSet<string> targets = FrozenSet.Create(
        StringComparer.Ordinal,
        "ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel", "CTDL");

    public static bool IsAchievementType(string value) => achievements.Contains(value) || IsExtension(value);

    public static bool IsTargetType(string value) => targets.Contains(value) || IsExtension(value);

    private static bool IsExtension(string value) =>
        value.Length is > 4 and <= 64 && value.StartsWith("ext:", StringComparison.Ordinal) && value.AsSpan(4).IndexOfAnyExcept(extensionLetters) < 0;

    private static readonly System.Buffers.SearchValues<char> extensionLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
}
