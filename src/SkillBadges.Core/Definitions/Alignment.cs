namespace SkillBadges.Core.Definitions;

/// <summary>A link to an occupation, a program or a published standard. Codes and short facts only, never a standard's text.</summary>
/// <param name="TargetName">What the target is called.</param>
/// <param name="TargetUrl">An absolute https URL without user information.</param>
/// <param name="TargetFramework">Such as <c>O*NET-SOC 2019</c>, <c>CIP 2020</c> or the name of a standard.</param>
/// <param name="TargetCode">The code within the framework, or null.</param>
/// <param name="TargetType">One of Open Badges 3.0's AlignmentTargetType values or <c>ext:...</c>, or null.</param>
public sealed record Alignment(string TargetName, string TargetUrl, string TargetFramework, string? TargetCode = null, string? TargetType = null);
