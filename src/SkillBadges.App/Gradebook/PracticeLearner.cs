namespace SkillBadges.App.Gradebook;

/// <summary>Somebody in the practice class, who does not exist. The names are of people whom everybody knows, so that nobody takes them for students.</summary>
internal static class PracticeLearner
{
    public static IReadOnlyList<string> All { get; } = ["Ada Lovelace", "Alan Turing", "Amelia Earhart", "Frida Kahlo", "Grace Hopper", "Marie Curie", "Mary Somerville", "Nikola Tesla"];
}
