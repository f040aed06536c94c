namespace SkillBadges.Credentials.Verification;

/// <summary>
/// What a verifier that asked for a presentation demands of it: the challenge it sent, which it accepts once, and its own name.
/// Without one, a presentation is read but proves no presence.
/// </summary>
/// <param name="Challenge">A fresh random text of at least 128 bits.</param>
/// <param name="Domain">The domain, or audience, that the presenter was told.</param>
public sealed record PresentationExpectation(string Challenge, string? Domain);
