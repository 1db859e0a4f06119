using Bitrix24;

namespace Everyday;

/// <summary>Tasks with checklists, a calendar, lists, and the people who do the work.</summary>
public sealed class Work(Portal portal, Log log)
{
    public async Task PlanAsync(User user, long deal, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var task = await portal.Tasks.Task.AddAsync(
            new() { Title = "Prepare the offer", ResponsibleId = user.Id, Deadline = deadline, TaskControl = true, UfCrmTask = [$"D_{deal}"] }, cancellationToken);
        var card = new TaskCard(task.Id, task.Title ?? "");
        await portal.Task.ChecklistItem.AddAsync(card.Id, new() { Title = "Ask for the price", IsComplete = false }, cancellationToken);
        await portal.Task.ElapsedItem.AddAsync(card.Id, new() { Seconds = 1800, CommentText = "Phone call" }, cancellationToken);
        await foreach (var open in portal.Tasks.Task.ListAsync(
            q => q.Where(t => t.ResponsibleId == user.Id & t.Deadline < deadline.AddDays(1)).OrderByDescending(t => t.Id).Select(t => t.Id, t => t.Title), cancellationToken: cancellationToken))
            await log.WriteAsync($"{open.Id} {open.Title}");
        await portal.Tasks.Task.CompleteAsync(card.Id, cancellationToken);

        var section = await portal.Calendar.Section.AddAsync("user", user.Id, "Orders", cancellationToken: cancellationToken);
        await portal.Calendar.Event.AddAsync(
            new() { Type = "user", OwnerId = user.Id, Name = "Meeting", From = deadline, To = deadline.AddHours(1), Section = section, IsMeeting = true, Attendees = [user.Id] },
            cancellationToken);
        await portal.Lists.AddAsync("lists", "orders", new() { Name = "Orders" }, cancellationToken: cancellationToken);
        await portal.Lists.Element.AddAsync(
            "lists", "order-17", new() { Name = "Order 17", Extra = { ["PROPERTY_121"] = "new" } }, iblockCode: "orders", cancellationToken: cancellationToken);
        await foreach (var colleague in portal.User.GetAsync(q => q.Where(u => u.Active == true), sort: "ID", cancellationToken: cancellationToken))
            await log.WriteAsync($"{colleague.Id} {colleague.LastName}");
        await foreach (var department in portal.Department.GetAsync(cancellationToken: cancellationToken))
            await log.WriteAsync(department.Name ?? "");
    }
}
